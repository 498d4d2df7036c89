// Our dated table against a mirror of the Commission's own database: what differs must be known, with its reason.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { z } from "zod";
import { rateRows, ratesIn } from "./rate-on.ts";
import { euStates } from "./special-places.ts";

const percent = z.number().transform(String);
const mirror = z
  .object({
    version: z.iso.date(),
    rates: z.record(
      z.string(),
      z.object({
        standard: percent,
        reduced: z.array(percent),
        super_reduced: percent.nullable(),
        parking: percent.nullable(),
      }),
    ),
  })
  .parse(
    JSON.parse(readFileSync(join(import.meta.dirname, "fixtures", "tedb.subset.json"), "utf8")),
  );

/** Rates that the database lists under a state, and that hold in a part of it only. */
const ofParts: Readonly<Record<string, readonly string[]>> = {
  // Jungholz and Mittelberg.
  AT: ["19"],
  // Corsica and the overseas departments.
  FR: ["0.9", "1.05", "8.5", "13"],
  // The islands with lower rates, for sellers who are there.
  GR: ["4", "17"],
  // Azores and Madeira: PT-20 and PT-30 of our table.
  PT: ["16", "22"],
};

const states = [...euStates, "XI", "GB", "NO", "CH", "IS"];

for (const state of states) {
  test(`the rates of ${state} are those of the Commission's database`, () => {
    const { standard, reduced, super_reduced, parking } =
      mirror.rates[state] ?? assert.fail("the mirror knows it");
    const theirs = [standard, ...reduced, super_reduced, parking].filter(
      (rate) => rate !== null && rate !== "0" && !ofParts[state]?.includes(rate),
    );
    const ours = [...ratesIn(mirror.version, state)].filter((rate) => rate !== "0");
    assert.deepEqual(ours.sort(), [...new Set(theirs)].sort());
    const row = rateRows.find(
      ({ territory, category, from, to }) =>
        territory === state &&
        category === "standard" &&
        from <= mirror.version &&
        (to === null || mirror.version <= to),
    );
    assert.equal(row?.rate, standard);
  });
}

test("no two rates hold for the same goods in the same place on the same day, and none is left out between", () => {
  const same = Map.groupBy(
    rateRows.filter(({ category }) => category !== "other"),
    ({ territory, category }) => `${territory} ${category}`,
  );
  for (const [what, rows] of same) {
    const sorted = rows.toSorted((a, b) => (a.from < b.from ? -1 : 1));
    for (const [i, { to }] of sorted.entries()) {
      const next = sorted[i + 1];
      if (!next) continue;
      assert.ok(to !== null && to < next.from, `${what}: ${to} and ${next.from} overlap`);
      const dayAfter = new Date(Date.parse(to) + 24 * 3600_000).toISOString().slice(0, 10);
      assert.equal(dayAfter, next.from, what);
    }
  }
});
