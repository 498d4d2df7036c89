// The people who work here are told by e-mail: through a Mailgun that a test can count.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import type { Action } from "../connector-kit/action.ts";
import { ActionError } from "../connector-kit/action-error.ts";
import { messageOutput } from "../connector-kit/outputs.ts";
import type { Message } from "../connector-kit/roles.ts";
import { closeAlerts, insertAlert } from "../ledger/alerts.ts";
import { recordDecision } from "../ledger/decisions/record-decision.ts";
import { step } from "../pipeline/step.ts";
import { officeAction, officeConnection } from "./sample-office.ts";
import { makeWell, openSampleWorld, type SampleWorld } from "./sample-world.ts";
import { shopTime } from "./shop-time.ts";
import { isQuiet, staffMails } from "./staff-mails.ts";
import type { Store } from "./world.ts";

const sent = new Map<string, Message>();
let trouble: "none" | "refuses" | "loses-answer" = "none";

const send: Action<Message, { messageId: string }> = {
  name: "office.mail",
  connection: { ...officeConnection, limits: {}, maxServerMs: 0, maxLagMs: 0, deadlineMs: 1 },
  output: messageOutput,
  repeat: {
    how: "look-first",
    find: async (_message, { key }) => (sent.has(key) ? [{ messageId: key }] : []),
  },
  record: ({ messageId }) => ({ id: messageId }),
  async run(message, { key }) {
    if (trouble === "refuses")
      throw new ActionError("transient", "Too busy.", { cause: "provider.rate_limited" });
    assert.ok(!sent.has(key), "nobody gets an e-mail twice");
    sent.set(key, message);
    if (trouble === "loses-answer")
      throw new ActionError("ambiguous", "The answer was lost.", { cause: "provider.no_answer" });
    return { messageId: key };
  },
};

const staff = (more: object = {}): NonNullable<Store["staffMail"]> => ({
  receivers: [
    { email: "manager@example.com", language: "en" },
    { email: "hoitaja@example.com", language: "fi" },
  ],
  send,
  shopName: "Example Shop",
  timeZone: "Europe/Helsinki",
  inboxUrl: "https://ordna.example.com/",
  digest: false,
  ...more,
});

const steps = [
  step("booking", {
    action: officeAction("look-first"),
    input: ({ reference }) => ({ reference }),
  }),
];

let at: SampleWorld;
before(async () => {
  at = await openSampleWorld();
});
after(() => at.close());
beforeEach(async () => {
  sent.clear();
  trouble = "none";
  await makeWell(at.db);
  await at.db.query(
    "update alert set staff_mail = null, raised_at = now() - interval '3 days'",
    [],
  );
  await at.db.query("update staff_mail set ended_at = now() where ended_at is null", []);
});

const round = async (mailing = staff()) => {
  const world = at.world(steps, {
    stores: new Map([["pikkuna", { ...at.store(steps), staffMail: mailing }]]),
  });
  await staffMails(world, at.db).handle("staff/mails");
};
let last = 0;
const raise = (title: string, reference?: string) =>
  at.db.transaction((tx) =>
    insertAlert(tx, `test:${++last}`, "pikkuna", reference, {
      severity: "needs-you",
      title,
      lines: ["Step: booking"],
    }),
  );
const shown = (message: Message | undefined) =>
  [message?.subject, JSON.stringify(message?.variables.details)].join("\n");

test("what needs people is gathered by its cause into one e-mail for each, in their language, with links", async () => {
  const [one, two] = [await at.openOrder(at.world(steps)), await at.openOrder(at.world(steps))];
  await raise(`PK-1 (${one}): The postal code is not accepted.`, one);
  await raise(`PK-2 (${two}): The postal code is not accepted.`, two);
  await raise("PostNord does not do its work");
  await round();
  const [english, finnish] = [...sent.values()];
  assert.equal(sent.size, 2);
  assert.deepEqual(english?.to, { email: "manager@example.com" });
  assert.match(shown(english), /^3 things need you – Example Shop/);
  assert.equal(Array.isArray(english?.variables.details) && english.variables.details.length, 2);
  assert.match(shown(english), new RegExp(`https://ordna\\.example\\.com/orders/${two}`));
  assert.match(finnish?.subject ?? "", /^3 asiaa tarvitsee sinua/);
  await round();
  assert.equal(sent.size, 2, "nobody is told twice");
});

test("what is over is told once more: who ended it, and how", async () => {
  const reference = await at.openOrder(at.world(steps));
  await raise(`PK-3 (${reference}): The postal code is not accepted.`, reference);
  const dedupe = `test:${last}`;
  await round();
  sent.clear();
  const actor = { name: "Example Manager", origin: "page" };
  await at.db.transaction((tx) =>
    recordDecision(tx, { key: dedupe, what: "order.amend", actor, reference }),
  );
  await at.db.transaction((tx) =>
    closeAlerts(tx, [dedupe], { title: "Nobody is needed any more: booking is done", lines: [] }),
  );
  await round();
  const [message] = [...sent.values()];
  assert.match(shown(message), /^Resolved – Example Shop/);
  assert.match(shown(message), /booking is done By Example Manager: order\.amend/);
  assert.equal(message?.variables.action_url, `https://ordna.example.com/orders/${reference}`);
});

test("an e-mail that was refused goes out later, and one whose answer was lost is found, not sent again", async () => {
  await raise("PostNord does not do its work");
  trouble = "refuses";
  await round();
  assert.equal(sent.size, 0);
  await makeWell(at.db);
  trouble = "loses-answer";
  await round();
  assert.equal(sent.size, 1);
  trouble = "none";
  await makeWell(at.db);
  await at.letTimePass(60_000);
  await at.db.query("update staff_mail set begun_at = begun_at - interval '1 hour'", []);
  await round();
  assert.equal(sent.size, 2, "the second receiver, and the first not again");
});

test("in quiet hours nobody is told, and afterwards everybody is", async () => {
  await raise("PostNord does not do its work");
  await round(staff({ quiet: { from: "00:00", until: "23:59" } }));
  assert.equal(sent.size, 0);
  await round();
  assert.equal(sent.size, 2);
  const night = { from: "21:00", until: "07:00" };
  const quietAt = (time: string) => isQuiet({ time }, night);
  assert.deepEqual(["20:59", "21:00", "03:00", "07:00"].map(quietAt), [false, true, true, false]);
});

test("on Monday morning each gets the week's figures once", async () => {
  const monday = new Date("2026-11-30T06:00:00Z");
  assert.deepEqual(shopTime(monday, "Europe/Helsinki"), {
    weekday: "Mon",
    time: "08:00",
    week: "2026-49",
  });
  assert.equal(shopTime(new Date("2027-01-01T12:00:00Z"), "UTC").week, "2026-53");
  const world = at.world(steps, {
    stores: new Map([["pikkuna", { ...at.store(steps), staffMail: staff({ digest: true }) }]]),
    clock: { ...at.clock, now: () => monday },
  });
  await staffMails(world, at.db).handle("staff/mails");
  await staffMails(world, at.db).handle("staff/mails");
  const [english, finnish] = [...sent.values()];
  assert.equal(sent.size, 2);
  assert.match(english?.subject ?? "", /^Your week: 0% without anybody/);
  assert.match(shown(english), /Oldest that is still open/);
  assert.match(finnish?.subject ?? "", /^Viikkosi: /);
});
