// A person corrects an order; the original stays, what waited goes on, and what was done is changed or kept, not redone.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { listAmendments } from "../ledger/decisions/amendments.ts";
import { DecisionRefused } from "../ledger/decisions/decide.ts";
import { verifyDecisions } from "../ledger/decisions/verify-decisions.ts";
import { amendOrder, previewAmendment } from "./amend-order.ts";
import { chooseService } from "./choose-service.ts";
import { type OpenDesk, openDesk } from "./desk-for-tests.ts";

let at: OpenDesk;
before(async () => {
  at = await openDesk();
});
after(() => at.close());

const postalCode = (value: string) => [{ field: "shipTo.address.postalCode", value }];
const facts = async (reference: string) =>
  (
    await at.db.query<{ original: string; seen: string }>(
      `select facts #>> '{shipTo,address,postalCode}' as original,
         coalesce(amended, facts) #>> '{shipTo,address,postalCode}' as seen from orders where reference = $1`,
      [reference],
    )
  ).rows[0];

test("a corrected postal code lets the order go on by itself, once each, and the original stays", async () => {
  const reference = await at.openWrong();
  await at.goOn();
  assert.equal((await at.states(reference)).check, "attention");
  const wish = { ...at.wish(reference, "fix-1"), changes: postalCode("00100") };
  const preview = await previewAmendment(at.desk, reference, wish.changes);
  assert.deepEqual(
    preview.steps.map(({ step, what }) => [step, what]),
    [
      ["check", "now"],
      ["row", "later"],
      ["booking", "later"],
      ["confirmation", "later"],
    ],
  );
  assert.equal((await at.states(reference)).check, "attention", "a preview changes nothing");
  const [first, again] = await Promise.all([amendOrder(at.desk, wish), amendOrder(at.desk, wish)]);
  assert.deepEqual([first.isRepeat, again.isRepeat].sort(), [false, true]);
  await at.goOn();
  assert.deepEqual(Object.values(await at.states(reference)), ["done", "done", "done", "done"]);
  assert.equal(at.records(reference).length, 1, "one parcel");
  assert.equal(at.sentTo(reference).length, 1, "one e-mail");
  assert.deepEqual(await facts(reference), { original: "0010", seen: "00100" });
  const [amendment, ...others] = await listAmendments(at.db, reference);
  assert.deepEqual(others, []);
  assert.deepEqual(
    [amendment?.field, amendment?.before, amendment?.after, amendment?.actor],
    ["shipTo.address.postalCode", "0010", "00100", "Example Manager"],
  );
  assert.equal((await verifyDecisions(at.db)).broken, undefined);
});

test("what is done is changed where it can be and kept where it cannot: no parcel is booked twice", async () => {
  const reference = await at.openOrder();
  await at.goOn();
  const changes = postalCode("00200");
  const { steps } = await previewAmendment(at.desk, reference, changes);
  assert.deepEqual(
    steps.map(({ step, what }) => [step, what]),
    [
      ["check", "checked"],
      ["row", "changed"],
      ["booking", "kept"],
      ["confirmation", "kept"],
    ],
  );
  const { after: made } = await amendOrder(at.desk, { ...at.wish(reference, "fix-2"), changes });
  assert.deepEqual(made.followUps, ["row-2"]);
  await at.goOn();
  assert.equal((await at.states(reference))["row-2"], "done");
  assert.deepEqual(
    [
      at.records(reference).length,
      at.records(reference, "row").length,
      at.sentTo(reference).length,
    ],
    [1, 1, 1],
    "one parcel, one row, one e-mail",
  );
});

test("what the shop's own check would hold, or judges otherwise than before, is refused", async () => {
  const reference = await at.openOrder();
  await at.goOn();
  const refuse = (key: string, changes: { field: string; value: string | null }[], why: RegExp) =>
    assert.rejects(amendOrder(at.desk, { ...at.wish(reference, key), changes }), why);
  await refuse("no-1", postalCode("ABC"), /would be held: That is no postal code/);
  await refuse("no-2", [{ field: "shipTo.address.country", value: "se" }], /VAT/);
  await refuse("no-3", postalCode("00100"), /nothing would change/);
  await refuse("no-4", [{ field: "total", value: "1" }], /cannot be amended/);
  await refuse("no-5", [{ field: "lines.li_1.hsCode", value: "12" }], /tariff code/);
  assert.equal((await facts(reference))?.seen, "00100");
});

test("a parcel that is being booked, or perhaps was, keeps its address until that is known", async () => {
  const reference = await at.openOrder();
  await at.end(reference, "check", {
    kind: "done",
    output: { country: "FI" },
    via: "response",
    external: { id: "checked", isShared: true },
  });
  const changes = postalCode("00300");
  const wish = { ...at.wish(reference, "race-1"), changes };
  const claim = await at.begin(reference, "booking");
  assert.ok(claim);
  await assert.rejects(amendOrder(at.desk, wish), /at work at office this moment/);
  const trouble = { cause: "provider.no_answer", message: "office did not answer." } as const;
  await at.ledger.finish(claim, { kind: "unknown", trouble, delayMs: 60_000 });
  await assert.rejects(amendOrder(at.desk, wish), DecisionRefused);
  assert.equal((await facts(reference))?.seen, "00100", "nothing was written");
});

test("a worker that is about to book and a person who amends take turns: the parcel goes to one address", async () => {
  const reference = await at.openOrder();
  await at.goOn(0);
  const again = await at.openWrong();
  await at.goOn();
  const changes = postalCode("00400");
  const [, amended] = await Promise.all([
    at.goOn(),
    amendOrder(at.desk, { ...at.wish(again, "race-2"), changes }),
  ]);
  assert.equal(amended.isRepeat, false);
  await at.goOn();
  assert.equal(at.records(again).length, 1);
  assert.equal(at.records(reference).length, 1);
});

test("another service is chosen for a parcel that is not booked, with the person's reason", async () => {
  const reference = await at.openWrong();
  await at.goOn();
  const chosen = await chooseService(at.desk, { ...at.wish(reference, "svc"), service: "19" });
  assert.deepEqual(chosen.after.fields, ["service"]);
  assert.equal((await at.ledger.loadOrder(reference))?.order.service, "19");
});

test("an amendment without a reason is refused", async () => {
  const reference = await at.openWrong();
  const changes = postalCode("00100");
  assert.throws(() => amendOrder(at.desk, { ...at.wish(reference, "w", " "), changes }), /Say why/);
});
