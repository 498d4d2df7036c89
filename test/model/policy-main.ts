// `node test/model/policy-main.ts`: Ordna's retry policy beside the usual one. `--json`: figures only, last.
import { availabilities, calibrated, type PolicyShare, simulatePolicy } from "./simulate-policy.ts";

const isBrief = process.argv.includes("--json");

if (!isBrief) {
  console.log("provider      outages/year   median min   p90 h");
  for (const [name, { lengths }] of Object.entries(availabilities(calibrated))) {
    const at = (share: number) => lengths[Math.floor(lengths.length * share)] ?? 0;
    const yearly = (lengths.length / (calibrated.years + 1)).toFixed(1);
    const [median, p90] = [at(0.5).toFixed(0), (at(0.9) / 60).toFixed(1)];
    console.log(`${name.padEnd(12)}${yearly.padStart(14)}${median.padStart(13)}${p90.padStart(8)}`);
  }
  console.log(
    "\nscale  policy   without a person   under 2 min   for a person   slowest   done twice",
  );
  for (const scale of [0.5, 1]) {
    const { ordna, usual } = simulatePolicy({ ...calibrated, scale });
    row(scale, "Ordna", ordna);
    row(scale, "usual", usual, String(usual.doneTwice));
  }
}

const { orders, ordna, usual } = simulatePolicy(calibrated);
if (!isBrief) {
  row(calibrated.scale, "Ordna", ordna);
  row(calibrated.scale, "usual", usual, String(usual.doneTwice));
}
const figures = {
  orders,
  withoutAPerson: { ordna: ordna.withoutAPerson, usual: usual.withoutAPerson },
  underTwoMinutes: { ordna: ordna.underTwoMinutes, usual: usual.underTwoMinutes },
  usualDoneTwice: usual.doneTwice,
};
console.log(JSON.stringify(figures));
process.exitCode = ordna.withoutAPerson >= 99.99 ? 0 : 1;

function row(scale: number, policy: string, share: PolicyShare, doneTwice = ""): void {
  const cells = [
    String(scale).padEnd(6),
    policy.padEnd(8),
    `${share.withoutAPerson.toFixed(4)} %`.padStart(16),
    `${share.underTwoMinutes.toFixed(3)} %`.padStart(13),
    String(share.forAPerson).padStart(14),
    `${share.slowestHours.toFixed(1)} h`.padStart(9),
    doneTwice.padStart(12),
  ];
  console.log(cells.join(" "));
}
