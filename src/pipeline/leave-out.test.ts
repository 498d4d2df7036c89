import assert from "node:assert/strict";
import { test } from "node:test";
import { canBeLeftOut } from "./leave-out.ts";

test("an order can go without what no other step needs, and without nothing else", () => {
  const steps = [
    { name: "book", needs: [] },
    { name: "label", needs: ["book"] },
    { name: "mail", needs: ["book", "label"] },
    { name: "log", needs: [] },
  ];
  assert.deepEqual(canBeLeftOut(steps), ["mail", "log"]);
});
