// The shared token in the real table, under processes that come at once.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openTestLedger, type TestLedger } from "../../ledger/test-ledger.ts";
import { sqlTokens } from "../../ledger/tokens.ts";
import { accounts, grant, moment, tokenRequest } from "./accounts-for-tests.ts";
import { accessTokens } from "./token.ts";

let opened: TestLedger;
before(async () => {
  opened = await openTestLedger();
});
after(() => opened.close());

test("eight processes at the same table ask Zoho for one access token, and it lies there sealed", async () => {
  const { world, asked } = accounts(grant("1000.plain"), grant("1000.too-many"));
  const slow = world(0, async () => {
    for (let i = 0; i < 20; i += 1) await moment();
  });
  const all = await Promise.all(
    Array.from({ length: 8 }, () =>
      accessTokens("zoho", sqlTokens(opened.db), tokenRequest, moment).current(slow),
    ),
  );
  assert.deepEqual([...new Set(all)], ["1000.plain"]);
  assert.equal(asked(), 1);
  const { rows } = await opened.db.query<{ value: string }>("select value from token", []);
  assert.equal(rows.length, 2);
  assert.equal(JSON.stringify(rows).includes("1000."), false);
});
