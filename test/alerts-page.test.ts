// docs/alerts.md tells what to do about every alert that Ordna, or Prometheus for it, can raise.
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

const root = join(import.meta.dirname, "..");
const read = (path: string) => readFileSync(join(root, path), "utf8");
/** `<order>: <what>` and `${number}: ${title}` alike. */
const shapeOf = (text: string) => text.replaceAll(/<[^>]+>|\$\{[^}]+\}/g, "…").replace(/…$/, "");
const told = new Set(
  [...read("docs/alerts.md").matchAll(/^\| `([^`]+)` \|/gm)].map(([, alert = ""]) =>
    shapeOf(alert),
  ),
);

test("every rule for Prometheus is explained", () => {
  const rules = [...read("ops/alert-rules.yaml").matchAll(/- alert: (\w+)/g)].map(
    ([, name]) => name,
  );
  assert.ok(rules.length >= 8);
  assert.deepEqual(
    rules.filter((name) => !told.has(name ?? "")),
    [],
  );
});

test("every title of a message is explained", () => {
  const sources = globSync("src/{worker,ledger}/**/*.ts", { cwd: root }).filter(
    (path) => !/\.test\.ts$|-for-tests\.ts$|sample-|\/test-/.test(path),
  );
  const titles = sources.flatMap((path) =>
    [...read(path).matchAll(/\btitle(?: =|:) (["`])(.+?)\1/g)].map(([, , title = ""]) => ({
      path,
      title: shapeOf(title),
    })),
  );
  assert.ok(titles.length >= 15, `${titles.length} titles`);
  const unknown = titles.filter(({ title }) => ![...told].some((one) => one.startsWith(title)));
  assert.deepEqual(unknown, []);
});
