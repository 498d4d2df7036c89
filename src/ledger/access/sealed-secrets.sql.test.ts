import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sealsWith } from "../../connector-kit/seal.ts";
import { openTestLedger, type TestLedger } from "../test-ledger.ts";
import { hookPlace, sealAnew, totpPlace } from "./sealed-secrets.ts";

let at: TestLedger;
before(async () => {
  at = await openTestLedger();
});
after(() => at.close());

const url = "https://warehouse.example/hook";

async function kept() {
  const person = await at.db.query<{ id: number; value: string }>(
    "select id, totp_secret as value from person",
    [],
  );
  const hook = await at.db.query<{ value: string; old: string }>(
    "select secret as value, old_secret as old from hook",
    [],
  );
  return {
    id: Number(person.rows[0]?.id),
    totp: person.rows[0]?.value ?? "",
    hook: hook.rows[0]?.value ?? "",
    old: hook.rows[0]?.old ?? "",
  };
}

test("what an older Ordna kept as it was is sealed at the next start, and a new key takes over from an old one", async () => {
  await at.db.query(
    "insert into person (name, role, totp_secret) values ('Owner', 'owner', 'JBSWY3DPEHPK3PXP')",
    [],
  );
  await at.db.query(
    `insert into hook (url, events, secret, old_secret) values ($1, '{order.done}', 'whsec_new', 'whsec_old')`,
    [url],
  );
  const first = sealsWith(["the first key"]);
  assert.equal(await sealAnew(at.db, first), 3);
  assert.equal(await sealAnew(at.db, first), 0, "once");
  const once = await kept();
  assert.doesNotMatch(JSON.stringify(once), /JBSWY3|whsec_/);
  assert.equal(first(totpPlace(once.id)).open(once.totp), "JBSWY3DPEHPK3PXP");
  assert.equal(first(hookPlace(url)).open(once.hook), "whsec_new");
  assert.equal(first(totpPlace(once.id + 1)).open(once.totp), undefined, "moved to another person");

  assert.equal(await sealAnew(at.db, sealsWith(["the second key", "the first key"])), 3);
  const second = sealsWith(["the second key"]);
  const twice = await kept();
  assert.equal(second(hookPlace(url)).open(twice.old), "whsec_old", "the first key may go");
  assert.equal(first(hookPlace(url)).open(twice.old), undefined);
  assert.equal(await sealAnew(at.db, sealsWith(["a stranger's key"])), 0, "nothing is destroyed");
  assert.deepEqual(await kept(), twice);
});
