// `node test/model/main.ts`: the ledger's rules in every state, then each rule taken away. `--json`: figures only, last.
import { checkStep } from "./check-step.ts";
import { badVariants, ledgerRules, type Rules } from "./rules.ts";

const isBrief = process.argv.includes("--json");
const say = (line: string) => {
  if (!isBrief) console.log(line);
};

const repeats: readonly Rules["repeat"][] = ["look-first", "safe", "ask-operator"];
const proofs = repeats.map((repeat) => ({ repeat, ...checkStep({ ...ledgerRules, repeat }) }));
for (const { repeat, states, transitions, flaws } of proofs) {
  say(`${repeat}: ${states} states, ${transitions} transitions, ${flaws.size} flaws`);
  for (const [flaw, { count, moves }] of flaws) tell(`${flaw} (${count} states)`, moves);
}

let caught = 0;
for (const { name, rules, flaw } of badVariants) {
  const found = checkStep(rules, flaw).flaws.get(flaw);
  if (found) caught += 1;
  tell(`${name}: ${found ? flaw : "NOT CAUGHT"}`, found?.moves ?? []);
}

const sum = (count: (proof: (typeof proofs)[number]) => number) =>
  proofs.reduce((total, proof) => total + count(proof), 0);
const duplicates = sum(({ flaws }) => flaws.get("two effects")?.count ?? 0);
const deadEnds = sum(({ flaws }) => flaws.get("dead end")?.count ?? 0);
const doubts = sum(({ flaws }) => flaws.get("ready in doubt")?.count ?? 0);
const phantoms = sum(({ flaws }) => flaws.get("done without effect")?.count ?? 0);
const figures = {
  states: sum(({ states }) => states),
  transitions: sum(({ transitions }) => transitions),
  duplicates,
  deadEnds,
  readyInDoubt: doubts,
  doneWithoutEffect: phantoms,
  badVariantsCaught: caught,
  badVariants: badVariants.length,
};
console.log(JSON.stringify(figures));
const isGood = duplicates + deadEnds + doubts + phantoms === 0 && caught === badVariants.length;
process.exitCode = isGood ? 0 : 1;

function tell(what: string, moves: readonly string[]): void {
  say(`\n${what}`);
  for (const [index, move] of moves.entries()) say(`  ${index + 1}. ${move}`);
}
