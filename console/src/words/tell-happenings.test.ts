import assert from "node:assert/strict";
import { test } from "node:test";
import type { Happening } from "../api/order-schema.ts";
import { tellHappenings } from "./tell-happenings.ts";

let minute = 0;
const happening = (outcome: Happening["outcome"], facts: Partial<Happening> = {}): Happening => ({
  at: `2026-11-23T12:${String(minute++ % 60).padStart(2, "0")}:00.000Z`,
  step: "booking",
  provider: "postnord",
  outcome,
  isRepeat: false,
  message: null,
  externalId: null,
  ...facts,
});
const sentences = (...happenings: Happening[]) =>
  tellHappenings(happenings).map(({ sentence }) => sentence);

test("a step that went well is one plain sentence", () => {
  assert.deepEqual(sentences(happening("succeeded")), ["PostNord: parcel booked."]);
});

test("a lost answer and what we found are told as one", () => {
  assert.deepEqual(sentences(happening("unknown"), happening("found", { isRepeat: true })), [
    "PostNord, booking: answer lost; we looked; it was there, we kept it.",
  ]);
});

test("a kill in the middle is told, and that it counts once", () => {
  assert.deepEqual(sentences(happening("abandoned"), happening("succeeded", { isRepeat: true })), [
    "PostNord, booking: Ordna was stopped in the middle; we made sure that it counts once; parcel booked.",
  ]);
});

test("an outage is one line, however often we asked, and its end another", () => {
  const refused = () => happening("refused", { message: "PostNord has an outage." });
  assert.deepEqual(sentences(refused(), refused(), refused(), happening("succeeded")), [
    "PostNord, booking: could not be done yet, 3 times; nothing happened.",
    "PostNord: parcel booked.",
  ]);
});

test("a doubt that is still open does not claim that nothing happened", () => {
  const [told] = tellHappenings([happening("unknown", { message: "The connection was cut." })]);
  assert.equal(
    told?.sentence,
    "PostNord, booking: answer lost; it may have been done, so we look first.",
  );
  assert.equal(told?.detail, "The connection was cut.");
});

test("steps that ran side by side do not mix", () => {
  assert.deepEqual(
    sentences(
      happening("unknown"),
      happening("succeeded", { step: "deal", provider: "zoho" }),
      happening("found"),
    ),
    ["Zoho: deal saved.", "PostNord, booking: answer lost; we looked; it was there, we kept it."],
  );
});
