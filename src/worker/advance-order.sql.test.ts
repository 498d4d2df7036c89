import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { ActionError } from "../connector-kit/action-error.ts";
import { claimed, stepOf } from "../ledger/test-ledger.ts";
import { step } from "../pipeline/step.ts";
import { advanceOrder } from "./advance-order.ts";
import { handleWake } from "./handle-wake.ts";
import { officeAction } from "./sample-office.ts";
import { openSampleWorld, type SampleWorld } from "./sample-world.ts";
import type { World } from "./world.ts";

let sample: SampleWorld;
before(async () => {
  sample = await openSampleWorld();
});
beforeEach(() => sample.office.behave());
after(() => sample.close());

const input = ({ reference }: { reference: string }) => ({ reference });
const action = officeAction("look-first");

/** check, then a parcel branch of two and a deal beside it, then a mail that needs both. */
function diamond() {
  const check = step("check", { action, input });
  const parcel = step("parcel", { needs: { check }, action, input });
  const label = step("label", { needs: { parcel }, action, input });
  const deal = step("deal", { needs: { check }, action, input });
  const mail = step("mail", { needs: { label, deal }, action, input });
  return [check, parcel, label, deal, mail];
}

const names = ["check", "parcel", "label", "deal", "mail"];
const states = async (reference: string) => {
  const order = await sample.ledger.loadOrder(reference);
  return Object.fromEntries(order?.steps.map(({ name, state }) => [name, state]) ?? []);
};
const keysOf = (reference: string) =>
  sample.office
    .records()
    .filter((one) => one.reference === reference && one.kind === "record")
    .map(({ fields }) => String(fields.key).replace(`${reference}-`, ""));

const forStep = (name: string) => (_request: Request, body: string) => body.includes(`-${name}"`);

async function messages(reference: string): Promise<number> {
  const sql = "select 1 from alert where reference = $1";
  return (await sample.db.query(sql, [reference])).rowCount;
}

test("an order goes all the way in one passage, each step once and after what it needs", async () => {
  const world = sample.world(diamond());
  const reference = await sample.openOrder(world);
  assert.equal(await handleWake(world, `order/${reference}`), undefined);
  const order = keysOf(reference);
  assert.deepEqual([...order].sort(), [...names].sort());
  const before = (a: string, b: string) =>
    assert.ok(order.indexOf(a) < order.indexOf(b), `${order}`);
  before("check", "parcel");
  before("parcel", "label");
  before("check", "deal");
  before("label", "mail");
  before("deal", "mail");
  assert.equal((await sample.ledger.loadOrder(reference))?.state, "done");
  assert.equal(await advanceOrder(world, reference), undefined);
  assert.equal(keysOf(reference).length, 5, "what is done stays done");
});

test("a step that ends while its order is read keeps nobody waiting", async () => {
  const parcel = step("parcel", { action, input });
  const deal = step("deal", { action, input });
  const mail = step("mail", { needs: { parcel, deal }, action, input });
  const inTime = sample.world([parcel, deal, mail]);
  const reference = await sample.openOrder(inTime);
  const read = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<void>();
  // A reading sees the deal run; the deal is done before that reading comes back.
  const ledger: World["ledger"] = {
    ...inTime.ledger,
    async loadOrder(wanted) {
      const order = await inTime.ledger.loadOrder(wanted);
      if (order?.steps.some(({ name, state }) => name === "deal" && state === "running")) {
        read.resolve();
        await ended.promise;
      }
      return order;
    },
    async finish(claim, ending) {
      // Has to be read anew.
      if (claim.name !== "deal") return (await inTime.ledger.finish(claim, ending)) && {};
      await read.promise;
      const changed = await inTime.ledger.finish(claim, ending);
      setTimeout(ended.resolve, 100);
      return changed;
    },
  };
  assert.equal(await advanceOrder({ ...inTime, ledger }, reference), undefined);
  assert.equal((await inTime.ledger.loadOrder(reference))?.state, "done");
});

test("siblings whose ends are heard of in the wrong order keep nobody waiting", async () => {
  const parcel = step("parcel", { action, input });
  const deal = step("deal", { action, input });
  const mail = step("mail", { needs: { parcel, deal }, action, input });
  const inTime = sample.world([parcel, deal, mail]);
  const reference = await sample.openOrder(inTime);
  const parcelEnded = Promise.withResolvers<void>();
  const dealWasHeard = Promise.withResolvers<void>();
  const ledger: World["ledger"] = {
    ...inTime.ledger,
    async finish(claim, ending, known) {
      if (claim.name === "deal") await parcelEnded.promise;
      const changed = await inTime.ledger.finish(claim, ending, known);
      if (claim.name === "parcel") {
        parcelEnded.resolve();
        // Says that the deal runs, long after it was said to be done.
        await dealWasHeard.promise.then(() => sleep(50));
      }
      if (claim.name === "deal") dealWasHeard.resolve();
      return changed;
    },
  };
  assert.equal(await advanceOrder({ ...inTime, ledger }, reference), undefined);
  assert.equal((await inTime.ledger.loadOrder(reference))?.state, "done");
});

test("where nothing goes wrong an order is read once", async () => {
  const world = sample.world(diamond());
  const reference = await sample.openOrder(world);
  let readings = 0;
  const loadOrder: World["ledger"]["loadOrder"] = (...asked) => {
    readings += 1;
    return world.ledger.loadOrder(...asked);
  };
  const counted = { ...world, ledger: { ...world.ledger, loadOrder } };
  assert.equal(await advanceOrder(counted, reference), undefined);
  assert.equal((await world.ledger.loadOrder(reference))?.state, "done");
  assert.equal(readings, 1);
});

test("the outputs of the needed steps reach the step that needs them", async () => {
  const first = step("first", { action, input });
  const second = step("second", {
    needs: { first },
    action,
    input: (order, { first: made }) => ({ reference: `${order.reference.slice(0, 5)}-${made.id}` }),
  });
  const world = sample.world([first, second]);
  const reference = await sample.openOrder(world);
  await advanceOrder(world, reference);
  const [id] = sample.records(reference);
  assert.equal(sample.records(`${reference.slice(0, 5)}-${id}`).length, 1);
});

test("while one branch needs a person the others go on, and only what needs it waits", async () => {
  const world = sample.world(diamond());
  const reference = await sample.openOrder(world);
  const [check, , , deal] = diamond();
  assert.ok(check && deal);
  const refusal = new ActionError("permanent", "No such street.", { cause: "request.refused" });
  const refused = officeAction("look-first", { run: () => Promise.reject(refusal) });
  const parcel = step("parcel", { needs: { check }, action: refused, input });
  const label = step("label", { needs: { parcel }, action, input });
  const mail = step("mail", { needs: { label, deal }, action, input });
  const strict = sample.world([check, parcel, label, deal, mail]);
  assert.equal(await advanceOrder(strict, reference), undefined);
  assert.deepEqual(await states(reference), {
    check: "done",
    parcel: "attention",
    label: "blocked",
    deal: "done",
    mail: "blocked",
  });
  assert.equal(await messages(reference), 1);
  assert.equal(await sample.ledger.retry(reference, "parcel"), true);
  await advanceOrder(world, reference);
  assert.equal((await sample.ledger.loadOrder(reference))?.state, "done");
  assert.deepEqual(keysOf(reference).sort(), [...names].sort());
});

test("a branch that waits does not hold up the others", async () => {
  const world = sample.world(diamond());
  const reference = await sample.openOrder(world);
  sample.office.misbehave({ how: "lose-answer", times: 1, when: forStep("parcel") });
  const lookAgainInMs = (await advanceOrder(world, reference)) ?? 0;
  assert.ok(lookAgainInMs > 25_000 && lookAgainInMs <= 30_000, `looks again in ${lookAgainInMs}`);
  const { parcel, deal, label } = await states(reference);
  assert.deepEqual([parcel, deal, label], ["unknown", "done", "blocked"]);
  await sample.letTimePass(30_000);
  assert.equal(await advanceOrder(world, reference), undefined);
  assert.deepEqual(keysOf(reference).sort(), [...names].sort());
});

test("workers in several processes that advance one order at once do each step once", async () => {
  const workers = Array.from({ length: 4 }, (_, i) => sample.world(diamond(), { owner: `w-${i}` }));
  const [first] = workers;
  assert.ok(first);
  const references = await Promise.all([1, 2, 3].map(() => sample.openOrder(first)));
  const passage = (world: World) => Promise.all(references.map((one) => advanceOrder(world, one)));
  await Promise.all(workers.map(passage));
  await passage(first);
  for (const reference of references) {
    assert.deepEqual(keysOf(reference).sort(), [...names].sort());
    assert.equal((await sample.ledger.loadOrder(reference))?.state, "done");
  }
});

test("a step that the configuration has no more is handed to a person, who is told once", async () => {
  const world = sample.world(diamond());
  const reference = await sample.openOrder(world);
  const without = sample.world(diamond().slice(0, 1));
  assert.equal(await advanceOrder(without, reference), undefined);
  const parcel = await stepOf(sample.ledger, reference, "parcel");
  assert.deepEqual([parcel.state, parcel.cause], ["attention", "config.invalid"]);
  assert.match(parcel.message ?? "", /has no step "parcel" any more/);
  assert.equal(await messages(reference), 2, "for parcel and for deal");
  await advanceOrder(without, reference);
  assert.equal(await messages(reference), 2);
});

test("what a vanished worker had begun of such a step is handed to a person, too, in doubt", async () => {
  const reference = await sample.openOrder(sample.world(diamond()));
  await claimed(sample.ledger, reference, "check");
  await sample.letTimePass(60_000 + 30_000);
  const without = sample.world([step("other", { action, input })]);
  const gaveUp = sleep(60_000, "the worker runs in circles", { ref: false });
  assert.equal(await Promise.race([advanceOrder(without, reference), gaveUp]), undefined);
  const check = await stepOf(sample.ledger, reference, "check");
  assert.deepEqual([check.state, check.inDoubt], ["attention", true]);
});

test("an order whose store the configuration has no more is not forgotten", async () => {
  const world = sample.world(diamond());
  const reference = await sample.openOrder(world);
  const lookAgainInMs = await advanceOrder({ ...world, stores: new Map() }, reference);
  assert.ok(lookAgainInMs !== undefined && lookAgainInMs > 0);
  assert.equal(await advanceOrder(world, reference), undefined);
  assert.equal(keysOf(reference).length, 5);
});

test("attempts that must not meet, of one customer or one account, take turns", async () => {
  let inside = 0;
  let most = 0;
  const careful = officeAction("look-first", {
    exclusive: () => "customer-7",
    run: async (wanted, call) => {
      most = Math.max(most, ++inside);
      await sleep(2);
      return action.run(wanted, call).finally(() => inside--);
    },
  });
  const world = sample.world([step("contact", { action: careful, input })]);
  const references = await Promise.all([1, 2, 3, 4].map(() => sample.openOrder(world)));
  await Promise.all(references.map((reference) => advanceOrder(world, reference)));
  await sample.goOnFor(world, 10_000);
  assert.equal(most, 1);
  for (const reference of references) assert.equal(sample.records(reference).length, 1);
});

test("when the ledger goes away in the middle, what runs ends first and the rest is done later", async () => {
  const world = sample.world(diamond());
  const reference = await sample.openOrder(world);
  const failing: World = {
    ...world,
    ledger: {
      ...world.ledger,
      claim: (request) =>
        request.name === "deal"
          ? Promise.reject(new Error("connection lost"))
          : world.ledger.claim(request),
    },
  };
  await assert.rejects(advanceOrder(failing, reference), /connection lost/);
  assert.equal((await states(reference)).check, "done");
  assert.equal(await advanceOrder(world, reference), undefined);
  assert.deepEqual(keysOf(reference).sort(), [...names].sort());
});

test("a wake-up for nothing we know is over at once", async () => {
  const world = sample.world(diamond());
  for (const subject of ["order/NOBODY1234", "alert/999999", "event/stripe/evt_nobody", "moon/1"]) {
    assert.equal(await handleWake(world, subject), undefined);
  }
});
