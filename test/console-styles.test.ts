// A component whose sheet nobody imports is shown without any style, and no type tells.
import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { test } from "node:test";

const root = resolve(import.meta.dirname, "..");
const sources = join(root, "console", "src");
const sheets = join(root, "node_modules", "@mantine", "core", "styles");
const sheetsOf = (text: string) =>
  [...text.matchAll(/styles\/(\w+)\.layer\.css/g)].map(([, name = ""]) => name);
/** What a component is drawn with beside its own sheet. */
const also: Readonly<Record<string, readonly string[]>> = {
  Modal: ["ModalBase", "Overlay", "CloseButton"],
  Drawer: ["ModalBase", "Overlay", "CloseButton"],
  Checkbox: ["InlineInput"],
  Switch: ["InlineInput"],
  Menu: ["Popover"],
};

test("every component comes with its styles: with the first page, or beside it", () => {
  const always = sheetsOf(readFileSync(join(sources, "style", "mantine.css"), "utf8"));
  const files = globSync("**/*.tsx", { cwd: sources });
  assert.ok(files.length > 50);
  const bare = files.flatMap((file) => {
    const text = readFileSync(join(sources, file), "utf8");
    const [, names = ""] = /import \{([^}]*)\} from "@mantine\/core"/.exec(text) ?? [];
    const used = names.split(",").map((name) => name.trim());
    const wanted = used.flatMap((name) => [name, ...(also[name] ?? [])]);
    const has = new Set([...always, ...sheetsOf(text)]);
    return wanted
      .filter((name) => existsSync(join(sheets, `${name}.layer.css`)) && !has.has(name))
      .map((name) => `${file} needs ${name}`);
  });
  assert.deepEqual(bare, []);
});
