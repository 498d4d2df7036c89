import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { anAlert } from "../ledger/test-ledger.ts";
import { step } from "../pipeline/step.ts";
import { handleWake } from "./handle-wake.ts";
import { officeAction } from "./sample-office.ts";
import { makeWell, openSampleWorld, type SampleWorld } from "./sample-world.ts";
import type { World } from "./world.ts";

let sample: SampleWorld;
let world: World;
before(async () => {
  sample = await openSampleWorld();
  const input = ({ reference }: { reference: string }) => ({ reference });
  world = sample.world([step("book", { action: officeAction("safe"), input })]);
});
beforeEach(async () => {
  await makeWell(sample.db);
  sample.office.behave();
  sample.office.setMood("strict", false);
});
after(() => sample.close());

let last = 0;

/** An alert about an order of its own; gives both. */
async function anAlertAbout(): Promise<{ subject: string; reference: string }> {
  last += 1;
  const reference = `ALERTED00${last}`;
  await sample.ledger.raiseAlert(`test:${last}`, "pikkuna", reference, anAlert);
  const { rows } = await sample.db.query<{ id: string }>(
    "select id::text from alert where dedupe = $1",
    [`test:${last}`],
  );
  return { subject: `alert/${rows[0]?.id}`, reference };
}

const sent = (reference: string) => sample.records(reference, "message").length;

async function outcomeOf(subject: string) {
  const { rows } = await sample.db.query<{ outcome: string | null }>(
    "select outcome from alert where id = $1",
    [subject.replace("alert/", "")],
  );
  return rows[0]?.outcome;
}

test("an alert is sent once", async () => {
  const { subject, reference } = await anAlertAbout();
  assert.equal(await handleWake(world, subject), undefined);
  assert.equal(await handleWake(world, subject), undefined);
  assert.equal(sent(reference), 1);
  assert.equal(await outcomeOf(subject), "sent");
});

test("workers that send one alert at once send it once", async () => {
  const { subject, reference } = await anAlertAbout();
  await Promise.all(Array.from({ length: 6 }, () => handleWake(world, subject)));
  assert.equal(sent(reference), 1);
});

for (const how of ["refuse-connection", "slow-down"] as const) {
  test(`an alert that was surely not sent is sent later: ${how}`, async () => {
    const { subject, reference } = await anAlertAbout();
    sample.office.misbehave({ how, times: 1 });
    const again = await handleWake(world, subject);
    assert.ok(again !== undefined && again > 0);
    if (how === "slow-down") assert.ok(again >= 1000, "Retry-After is never undercut");
    assert.equal(sent(reference), 0);
    await sample.letTimePass(again);
    assert.equal(await handleWake(world, subject), undefined);
    assert.equal(sent(reference), 1);
    assert.equal(await outcomeOf(subject), "sent");
  });
}

for (const how of ["lose-answer", "fail-after-work", "garble-answer"] as const) {
  test(`an alert whose answer was lost is not sent again: ${how}`, async () => {
    const { subject, reference } = await anAlertAbout();
    sample.office.misbehave({ how, times: 1 });
    assert.equal(await handleWake(world, subject), undefined);
    assert.equal(await handleWake(world, subject), undefined);
    assert.equal(sent(reference), 1);
    assert.equal(await outcomeOf(subject), "perhaps sent");
  });
}

test("an alert that was begun by a process that ended counts as perhaps sent", async () => {
  const { subject, reference } = await anAlertAbout();
  await sample.ledger.beginAlert(subject);
  assert.equal(await handleWake(world, subject), undefined);
  assert.equal(sent(reference), 0);
  assert.equal(await outcomeOf(subject), "perhaps sent");
});

test("an alert that the provider refuses is over", async () => {
  const { subject } = await anAlertAbout();
  sample.office.setMood("strict", true);
  assert.equal(await handleWake(world, subject), undefined);
  assert.equal(await outcomeOf(subject), "refused");
});

test("an alert of a store that the configuration has no more waits for it", async () => {
  const { subject, reference } = await anAlertAbout();
  const again = await handleWake({ ...world, stores: new Map() }, subject);
  assert.ok(again !== undefined && again > 0);
  await handleWake(world, subject);
  assert.equal(sent(reference), 1);
});
