import assert from "node:assert/strict";
import { test } from "node:test";
import type { ToldAlert } from "../ledger/ledger.ts";
import { messageOf } from "./alert-words.ts";

const told = (title: string, over?: string): ToldAlert => ({
  reference: "ABCDEFGHJK1234",
  alert: { severity: title.startsWith("!") ? "needs-you" : "info", title, lines: ["Why."] },
  ...(over === undefined
    ? {}
    : {
        over: {
          subject: "alert/9",
          alert: { severity: "info", title: over, lines: ["20 minutes."] },
        },
      }),
});

test("one alert is a message as it is, and says what it was when it is over", () => {
  assert.deepEqual(messageOf([told("!A")]), told("!A").alert);
  const over = messageOf([told("!A", "Works again")]);
  assert.deepEqual(
    [over.title, over.isOver, over.lines],
    ["!A", true, ["Works again", "20 minutes.", "It was:", "Why."]],
  );
});

test("a message of several lists what still needs somebody first, and is as bad as the worst of that", () => {
  const mixed = messageOf([told("!A", "Done"), told("B"), told("!C")]);
  assert.deepEqual(mixed, {
    severity: "needs-you",
    title: "3 alerts in one message, 1 over",
    lines: ["B", "!C", "over: !A"],
    isOver: false,
  });
  assert.equal(messageOf([told("!A", "Done"), told("B")]).severity, "info");
  const all = messageOf([told("!A", "Done"), told("!B", "Done")]);
  assert.deepEqual([all.title, all.isOver], ["2 alerts in one message, all over", true]);
});
