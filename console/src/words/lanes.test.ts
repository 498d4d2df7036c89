import assert from "node:assert/strict";
import { test } from "node:test";
import type { Step } from "../api/order-schema.ts";
import { lanesOf, lanesWaitingFor } from "./lanes.ts";
import { laneStanding } from "./step-mark.ts";

const step = (name: string, state: Step["state"], facts: Partial<Step> = {}): Step => ({
  name,
  provider: "postnord",
  state,
  cause: null,
  message: null,
  dueAt: null,
  needs: [],
  ...facts,
});
const now = new Date("2026-11-23T12:00:00Z");

test("steps stand in the shop's lanes, and a step of an own pipeline in the last one", () => {
  const lanes = lanesOf([
    step("gift-card", "done"),
    step("label", "done"),
    step("booking", "done"),
  ]);
  assert.deepEqual(
    lanes.map(({ name, steps }) => [name, steps.map((s) => s.name)]),
    [
      ["Parcel", ["booking", "label"]],
      ["Other", ["gift-card"]],
    ],
  );
});

test("a lane stands as its most pressing step", () => {
  const word = (...steps: Step[]) => laneStanding(steps, now).word;
  assert.equal(word(step("booking", "done"), step("label", "attention")), "needs you");
  assert.equal(word(step("booking", "done"), step("label", "blocked")), "1 of 2");
  assert.equal(word(step("booking", "done"), step("label", "skipped")), "done");
  assert.equal(word(step("confirmation", "skipped", { cause: "unknown" })), "skipped");
  const leftOut = step("confirmation", "skipped", { cause: "order.entered_late" });
  assert.equal(word(leftOut), "left out, entered late");
  assert.equal(word(step("booking", "ready"), step("label", "blocked")), "not yet");
  const parked = step("booking", "parked", { cause: "provider.outage" });
  assert.equal(word(parked), "waiting");
  assert.match(word({ ...parked, dueAt: "2026-11-23T12:20:00Z" }), /^waiting until .*20/);
});

test("it is told what stands still because of a step, and what does not", () => {
  const steps = [
    step("contact", "done"),
    step("booking", "attention"),
    step("label", "blocked", { needs: ["booking"] }),
    step("invoice", "blocked", { needs: ["label"] }),
    step("confirmation", "blocked", { needs: ["invoice"] }),
  ];
  assert.deepEqual(lanesWaitingFor("booking", steps), ["Invoice", "E-mail"]);
});
