// A person asks what never came in.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sqlReconcilerLedger } from "../../src/ledger/reconciler-ledger.ts";
import { openTestLedger, type TestLedger } from "../../src/ledger/test-ledger.ts";
import { backfill } from "../../src/worker/backfill.ts";
import { dayMs, reconciledShop } from "./unheard-shop.ts";

let opened: TestLedger;
before(async () => {
  opened = await openTestLedger();
});
after(() => opened.close());

const minuteMs = 60_000;

test("a person is shown what is missing without a trace, and may have it entered", async () => {
  const shop = reconciledShop(opened.db, "person");
  const paid = [shop.pay("1"), shop.pay("2", "thin"), shop.pay("3", "payment-intent")];
  await shop.deliver("evt_person_1Completed");
  await shop.work();
  const until = new Date(shop.clock.now().getTime() + minuteMs);
  const from = new Date(until.getTime() - dayMs);
  const ask = (by: "events" | "objects", isEntering: boolean) =>
    backfill(shop.world(), sqlReconcilerLedger(opened.db), { from, until, by, isEntering });
  const before = await shop.events();
  const states = (await ask("objects", false)).map(({ payment, state }) => [
    payment.objects[0],
    state,
  ]);
  assert.deepEqual(
    new Map(states.map(([id, state]) => [id, state])),
    new Map([
      ["cs_test_person_1", "known"],
      ["cs_test_person_2", "missing"],
      ["pi_person_3", "missing"],
      ["pi_person_1", "known"],
    ]),
  );
  await ask("events", false);
  assert.deepEqual(await shop.events(), before);
  await ask("events", true);
  await ask("objects", true);
  await shop.work();
  assert.deepEqual(await shop.orders(), paid.map(({ id }) => id).sort());
  assert.deepEqual(await shop.alerts(), [], "the person sees it");
  const once = await shop.events();
  assert.ok((await ask("objects", true)).every(({ state }) => state === "known"));
  assert.deepEqual(await shop.events(), once);
});

/** Somebody paid 20 days ago and somebody else yesterday, and no webhook came. */
async function forgottenShop(name: string) {
  const shop = reconciledShop(opened.db, name);
  const old = shop.pay("old");
  await shop.clock.advance(19 * dayMs);
  const young = shop.pay("young");
  await shop.clock.advance(dayMs);
  const until = new Date(shop.clock.now().getTime() + minuteMs);
  const from = new Date(until.getTime() - 30 * dayMs);
  const before = new Date(until.getTime() - 7 * dayMs);
  const ask = (isEntering: boolean, steps: readonly string[]) => {
    const wish = { from, until, by: "events" as const, isEntering, leaveOut: { steps, before } };
    return backfill(shop.world(), sqlReconcilerLedger(opened.db), wish);
  };
  return { shop, old, young, ask };
}

test("older payments are entered without what a person leaves out, younger ones whole", async () => {
  const { shop, old, young, ask } = await forgottenShop("late");
  const shown = await ask(false, ["thank"]);
  const without = (findings: typeof shown, id: string) =>
    findings.find(({ payment }) => payment.objects.includes(`pi_late_${id}`))?.leftOut;
  assert.deepEqual([without(shown, "old"), without(shown, "young")], [["thank"], []]);
  assert.deepEqual(await shop.events(), []);
  const entered = await ask(true, ["thank"]);
  assert.deepEqual([without(entered, "old"), without(entered, "young")], [["thank"], []]);
  await shop.work();
  const states = async (id: string) =>
    (await shop.steps(id)).map(({ name, state }) => [name, state]);
  const shortened = [
    ["book", "ready"],
    ["thank", "skipped"],
  ];
  assert.deepEqual(await states(old.id), shortened);
  assert.equal((await shop.steps(old.id))[1]?.cause, "order.entered_late");
  assert.deepEqual(await states(young.id), [
    ["book", "ready"],
    ["thank", "blocked"],
  ]);
  // Its webhooks come after all.
  for (const { event } of old.events) await shop.deliver(event.id);
  await shop.work();
  assert.deepEqual(await states(old.id), shortened);
  assert.deepEqual(await shop.orders(), [old.id, young.id].sort());
});

test("another event that opens the order first leaves the same out", async () => {
  const { shop, old, ask } = await forgottenShop("other");
  const [entered] = await ask(true, ["thank"]);
  const others = old.events.filter(({ event }) => event.id !== entered?.payment.event.id);
  for (const { event } of others) await shop.deliver(event.id);
  await opened.db.query(
    "update event set disposition = 'ignored', settled_at = now() where id = $1",
    [entered?.payment.event.id ?? ""],
  );
  await shop.work();
  assert.equal((await shop.steps(old.id))[1]?.state, "skipped");
});

test("a step that others need cannot be left out, nor one that does not exist; nothing is entered", async () => {
  const { shop, ask } = await forgottenShop("needed");
  await assert.rejects(
    ask(true, ["thank", "book"]),
    /"book" cannot be left out.*can be left out: thank\./,
  );
  await assert.rejects(
    ask(true, ["thanks"]),
    /There is no step "thanks".*can be left out: thank\./,
  );
  assert.deepEqual(await shop.events(), []);
});
