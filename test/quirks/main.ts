// `npm run --silent quirks`: runs the tests that the connectors' quirks.ts name, and counts what they cover.
//
//   --json    the figures as one object, last
//   --write   renews the table in docs/providers/README.md, without running anything
import { parseArgs } from "node:util";
import type { Quirk } from "../../src/connector-kit/quirk.ts";
import { declaredTests, whereDeclared } from "./declared-tests.ts";
import { readProvidersPage, withTable, writeProvidersPage } from "./providers-page.ts";
import { namedTests, quirkLists } from "./quirk-lists.ts";
import { runTestFiles } from "./run-test-files.ts";

const { values } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    write: { type: "boolean", default: false },
  },
});
const lists = await quirkLists();
if (values.write) {
  writeProvidersPage(withTable(readProvidersPage(), lists));
  console.log("The table in docs/providers/README.md is renewed.");
} else {
  process.exitCode = (await examine()) ? 0 : 1;
}

async function examine(): Promise<boolean> {
  const declared = declaredTests();
  const places = new Map(
    lists.flatMap(namedTests).map((name) => [name, whereDeclared(name, declared)]),
  );
  const files = [...new Set([...places.values()].flat())].sort();
  let ended = 0;
  const outcomes = await runTestFiles(files, ({ file, passed, failed }) => {
    ended += 1;
    const counts = `${passed} passed${failed > 0 ? `, ${failed} FAILED` : ""}`;
    console.log(`  ${String(ended).padStart(3)}/${files.length}  ${file}  ${counts}`);
  });
  const missing = (quirk: Quirk) =>
    "cannotApply" in quirk
      ? []
      : quirk.tests.flatMap((name) => complaint(name, places.get(name), outcomes.get(name)));
  const scores = lists.map(({ provider, quirks }) => {
    const gaps = quirks.filter((quirk) => missing(quirk).length > 0);
    return { provider, quirks, gaps, listed: quirks.length, covered: quirks.length - gaps.length };
  });
  for (const { provider, quirks, gaps, listed, covered } of scores) {
    console.log(`\n${provider.padEnd(12)} ${covered} of ${listed} covered`);
    for (const quirk of quirks) {
      if ("cannotApply" in quirk) console.log(`  cannot apply: ${quirk.id}: ${quirk.cannotApply}`);
    }
    for (const quirk of gaps) {
      console.log(`  NOT COVERED: ${quirk.id}`);
      for (const line of missing(quirk)) console.log(`    ${line}`);
    }
    if (listed === 0) console.log("  NOT COVERED: there is no quirks.ts in its folder");
  }
  const figures = scores.map(({ provider, listed, covered }) => [provider, { listed, covered }]);
  if (values.json) console.log(JSON.stringify(Object.fromEntries(figures)));
  return scores.every(({ gaps, listed }) => gaps.length === 0 && listed > 0);
}

/** What is wrong with a named test; empty when it ran once and passed. */
function complaint(
  name: string,
  places: readonly string[] = [],
  ran: readonly boolean[] = [],
): readonly string[] {
  if (places.length === 0) return [`no such test: "${name}"`];
  if (ran.length === 0) return [`it did not run: "${name}" (${places.join(", ")})`];
  if (ran.length > 1) return [`${ran.length} tests are called "${name}"`];
  return ran[0] ? [] : [`it failed or was skipped: "${name}" (${places.join(", ")})`];
}
