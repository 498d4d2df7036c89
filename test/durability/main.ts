// node test/durability/main.ts [--kills N] [--power-losses N] [--seed S] [--json]
import { parseArgs } from "node:util";
import { seededRandom } from "../model/seeded-random.ts";
import { killAgainAndAgain } from "./kill-lap.ts";
import { cutAgainAndAgain } from "./power-lap.ts";

const { values } = parseArgs({
  options: {
    kills: { type: "string", default: "20" },
    "power-losses": { type: "string", default: "10" },
    seed: { type: "string", default: "1" },
    json: { type: "boolean", default: false },
  },
});
const kills = asCount(values.kills);
const powerLosses = asCount(values["power-losses"]);
const random = seededRandom(asCount(values.seed));

const killed = await killAgainAndAgain(kills, random);
console.log(`${kills} kills: ${sentence(killed)}`);
const cut = await cutAgainAndAgain(powerLosses, random);
console.log(`${powerLosses} power losses: ${sentence(cut)}`);
const sum = {
  kills,
  power_losses: powerLosses,
  acknowledged: killed.acknowledged + cut.acknowledged,
  lost: killed.lost + cut.lost,
  torn: killed.torn + cut.torn,
  failed_opens: killed.failed_opens + cut.failed_opens,
};
if (values.json) console.log(JSON.stringify(sum));
process.exit(sum.lost + sum.torn + sum.failed_opens === 0 && sum.acknowledged > 0 ? 0 : 1);

function sentence({ acknowledged, lost, torn, failed_opens: failed }: typeof killed): string {
  return `${acknowledged} transactions acknowledged, ${lost} lost, ${torn} torn, ${failed} failed to open`;
}

function asCount(text: string): number {
  const count = Number(text);
  if (Number.isSafeInteger(count) && count >= 0) return count;
  console.error(`"${text}" is not a whole number.`);
  process.exit(2);
}
