// The embedded database when the process is killed and when the power fails. Larger numbers: npm run durability.
import assert from "node:assert/strict";
import { test } from "node:test";
import { testServer } from "../../src/ledger/database/test-database.ts";
import { seededRandom } from "../model/seeded-random.ts";
import { killAgainAndAgain } from "./kill-lap.ts";
import { cutAgainAndAgain } from "./power-lap.ts";

const isEmbedded = testServer === undefined;
const none = { lost: 0, torn: 0, failed_opens: 0 };

if (isEmbedded) {
  test("20 kills while committing and opening lose nothing that was acknowledged", async () => {
    const { acknowledged, ...harm } = await killAgainAndAgain(20, Math.random);
    assert.deepEqual(harm, none);
    assert.ok(acknowledged > 20, `only ${acknowledged} transactions were committed on the way`);
  });

  test("10 power cuts at random moments lose nothing that was acknowledged", async () => {
    const seed = Math.floor(Math.random() * 1e9);
    const { acknowledged, ...harm } = await cutAgainAndAgain(10, seededRandom(seed));
    assert.deepEqual(harm, none, `seed ${seed}`);
    assert.ok(acknowledged > 100, `only ${acknowledged} transactions were acknowledged by then`);
  });

  test("without a sync at every commit, the same power cuts do lose", async () => {
    const { lost, torn, failed_opens: failed } = await cutAgainAndAgain(3, seededRandom(7), false);
    assert.ok(lost + torn + failed > 0, "the power cuts of this lap harm nothing at all");
  });
}
