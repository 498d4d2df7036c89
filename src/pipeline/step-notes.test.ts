import assert from "node:assert/strict";
import { test } from "node:test";
import { stepNotes } from "./step-notes.ts";

test("a log reads which steps are done, what came of them, and which are still to come", () => {
  assert.deepEqual(stepNotes(["check", "booking", "invoice"], { check: "", booking: "00370" }), [
    { step: "check", note: "done" },
    { step: "booking", note: "done, 00370" },
    { step: "invoice", note: "waiting" },
  ]);
});
