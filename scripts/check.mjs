// `npm run check`: what a change owes before its tests run. Types, lint, dead code and the walls between the rooms.
import { checks } from "./checks.mjs";
import { ensureInstalled } from "./ensure-installed.mjs";
import { runTests } from "./run-tests.mjs";

await ensureInstalled();
let isGood = true;
for (const name of ["types", "lint", "dead code"]) {
  const complaint = await checks[name]();
  if (complaint) console.log(complaint);
  say(!complaint, name);
}
const { failed } = await runTests(["test/architecture.test.ts"], {}, new AbortController().signal);
say(failed === 0, "architecture");
process.exit(isGood ? 0 : 1);

function say(isFine, name) {
  isGood &&= isFine;
  console.log(`${isFine ? "✓" : "✖"} ${name}`);
}
