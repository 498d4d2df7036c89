// The table in docs/providers/README.md: what is listed, and what of it a test stands for.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { QuirkList } from "./quirk-lists.ts";

const path = join(import.meta.dirname, "../../docs/providers/README.md");
const [begin, end] = ["<!-- quirks: npm run quirks -- --write -->", "<!-- /quirks -->"];

export const readProvidersPage = () => readFileSync(path, "utf8");
export const writeProvidersPage = (text: string) => writeFileSync(path, text);

/** The page with its table renewed. */
export function withTable(page: string, lists: readonly QuirkList[]): string {
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) {
    throw new Error(`docs/providers/README.md lacks ${begin} or ${end}: put both back.`);
  }
  return `${page.slice(0, from + begin.length)}\n${table(lists)}\n${page.slice(to)}`;
}

function table(lists: readonly QuirkList[]): string {
  const rows = lists.filter(({ quirks }) => quirks.length > 0).map(row);
  const head = ["| Provider | Quirks | Covered by tests | Cannot apply |", "|---|---|---|---|"];
  return [...head, ...rows].join("\n");
}

function row({ provider, quirks }: QuirkList): string {
  const covered = quirks.filter((quirk) => "tests" in quirk).length;
  const listed = `[${quirks.length}](../../src/connectors/${provider}/quirks.ts)`;
  return `| [${provider}](${provider}.md) | ${listed} | ${covered} | ${quirks.length - covered} |`;
}
