import assert from "node:assert/strict";
import { test } from "node:test";
import { attempt } from "../../connector-kit/attempt.ts";
import { secret } from "../../connector-kit/connector.ts";
import { telegram } from "./connector.ts";
import known from "./fixtures/bot-api-fields.json" with { type: "json" };
import captured from "./fixtures/sendMessage.200.json" with { type: "json" };
import { anAlert, telegramShop } from "./shop-for-tests.ts";

const bodyOf = (request: { readonly body?: string | Uint8Array } | undefined) =>
  JSON.parse(String(request?.body));

test("an alert is sent as Telegram wants it: bold title, a button, no preview", async () => {
  const { send, call, sent, simulator } = telegramShop();
  assert.deepEqual(await send.run(anAlert(), call), { messageId: "1" });
  assert.deepEqual(bodyOf(sent[0]), captured.request);
  const [alert] = simulator.records();
  assert.equal(alert?.reference, "ABCDEFGHJK1234");
  assert.equal(alert?.fields.text, captured.body.result.text);
  assert.deepEqual(alert?.fields.entities, captured.body.result.entities);
});

test("every field that is sent is one that the Bot API knows", async () => {
  const { send, call, sent } = telegramShop({ threadId: 7 });
  await send.run(anAlert({ answers: "4" }), call);
  const body = bodyOf(sent[0]);
  const button = body.reply_markup.inline_keyboard[0][0];
  for (const [fields, object] of [
    [known.methods.sendMessage, body],
    [known.types.LinkPreviewOptions, body.link_preview_options],
    [known.types.ReplyParameters, body.reply_parameters],
    [known.types.InlineKeyboardMarkup, body.reply_markup],
    [known.types.InlineKeyboardButton, button],
  ]) {
    for (const key of Object.keys(object)) assert.ok(Object.hasOwn(fields, key), key);
  }
  assert.equal(body.message_thread_id, 7);
});

test("an alert that answers an earlier one hangs below it, and comes alone when that is gone", async () => {
  const { send, call, simulator } = telegramShop();
  const { messageId } = await send.run(anAlert({ title: "office is out" }), call);
  await send.run(anAlert({ title: "office works again", answers: messageId }), call);
  await send.run(anAlert({ title: "nothing to answer", answers: "99" }), call);
  const answered = simulator.records().map(({ fields }) => fields.answers);
  assert.deepEqual(answered, [undefined, 1, 99]);
});

test("an alert that is over says so in the message that told it, and nobody gets a second one", async () => {
  const { send, edit, call, simulator, sent } = telegramShop({ threadId: 7 });
  const { messageId } = await send.run(anAlert(), call);
  const over = anAlert({ isOver: true, lines: ["Nobody is needed any more."] });
  const input = { messageId, alert: over };
  assert.deepEqual(await edit.run(input, call), { messageId });
  assert.deepEqual(await edit.run(input, call), { messageId }, "the same words again are fine");
  const [alert, ...others] = simulator.records();
  assert.equal(others.length, 0);
  assert.equal(alert?.fields.text, "✅ Order PK-10482 waits\nNobody is needed any more.");
  const body = bodyOf(sent.at(-1));
  for (const key of Object.keys(body)) {
    assert.ok(Object.hasOwn(known.methods.editMessageText, key), key);
  }
});

test("a message that is gone cannot be changed, and is not sent anew", async () => {
  const { edit, call, simulator } = telegramShop();
  const outcome = await attempt(edit, { messageId: "99", alert: anAlert() }, call, false);
  assert.equal(outcome.kind, "failed");
  assert.match(outcome.kind === "failed" ? outcome.error.message : "", /message to edit not found/);
  assert.equal(simulator.records().length, 0);
});

test("a message is changed in a plainer form where Telegram refuses formatting and buttons", async () => {
  const { send, edit, call, simulator } = telegramShop();
  const { messageId } = await send.run(anAlert(), call);
  simulator.setMood("refuses-formatting", true);
  simulator.setMood("refuses-buttons", true);
  await edit.run({ messageId, alert: anAlert({ title: "A & B", isOver: true }) }, call);
  const fields = simulator.records()[0]?.fields;
  assert.ok(String(fields?.text).startsWith("✅ A & B\n"));
  assert.ok(String(fields?.text).includes("https://ordna.example.com/orders/"));
});

test("a customer's < & > and quotes arrive as they were written", async () => {
  const { send, call, simulator } = telegramShop();
  const title = 'Tom & "Jerry" <b>1 < 2</b>';
  await send.run(anAlert({ title, lines: ["</b> &amp; <br> 12.50"] }), call);
  const fields = simulator.records()[0]?.fields;
  assert.equal(fields?.text, `🔴 ${title}\n</b> &amp; <br> 12.50`);
  assert.deepEqual(fields?.entities, [{ offset: 3, length: title.length, type: "bold" }]);
});

test("a link that no button takes is written out", async () => {
  for (const link of [
    "http://localhost:8080/orders/1",
    "https://localhost/orders/1",
    "https://127.0.0.1/orders/1",
    "http://ordna.example.com/orders/1",
  ]) {
    const { send, call, simulator, sent } = telegramShop();
    await send.run(anAlert({ link }), call);
    const fields = simulator.records()[0]?.fields;
    assert.ok(String(fields?.text).endsWith(`\n${link}`));
    assert.deepEqual(fields?.buttons, []);
    assert.equal(sent.length, 1, "no refused message on the way");
  }
});

test("when Telegram refuses the button after all, the link is written out", async () => {
  const { send, call, simulator } = telegramShop();
  simulator.setMood("refuses-buttons", true);
  await send.run(anAlert(), call);
  const alerts = simulator.records();
  assert.equal(alerts.length, 1);
  assert.ok(String(alerts[0]?.fields.text).includes("https://ordna.example.com/orders/"));
});

test("when Telegram refuses the formatting, the alert arrives as plain text", async () => {
  const { send, call, simulator } = telegramShop();
  simulator.setMood("refuses-formatting", true);
  simulator.setMood("refuses-buttons", true);
  await send.run(anAlert({ title: "A & B" }), call);
  const alerts = simulator.records();
  assert.equal(alerts.length, 1);
  assert.ok(String(alerts[0]?.fields.text).startsWith("🔴 A & B\n"));
  assert.deepEqual(alerts[0]?.fields.entities, []);
});

test("a group that became a supergroup is followed, and remembered", async () => {
  const { send, call, simulator, sent, check } = telegramShop();
  simulator.setMood("migrated", true);
  await send.run(anAlert(), call);
  await send.run(anAlert(), call);
  assert.deepEqual(
    simulator.records().map((alert) => alert.fields.chatId),
    ["-1001000000002", "-1001000000002"],
  );
  assert.equal(sent.length, 3, "the second alert knew the way");
  await assert.rejects(check(), /supergroup with the id -1001000000002: set chatId/);
});

test("a flood waits as long as Telegram asks", async () => {
  const { send, call, simulator } = telegramShop();
  simulator.setMood("flood", true);
  const outcome = await attempt(send, anAlert(), call, false);
  assert.ok(outcome.kind === "retry");
  assert.equal(outcome.error.failure.cause, "provider.rate_limited");
  assert.equal(outcome.error.failure.retryAfterMs, 12_000);
  assert.equal(simulator.records().length, 0);
});

test("a group takes 20 alerts a minute, then asks for the rest of the minute", async () => {
  let now = Date.parse("2026-11-23T12:00:00Z");
  const { send, call, simulator } = telegramShop({}, () => new Date(now));
  simulator.setMood("twenty-a-minute", true);
  for (let i = 0; i < 20; i++) await send.run(anAlert(), call);
  now += 15_000;
  const outcome = await attempt(send, anAlert(), call, false);
  assert.ok(outcome.kind === "retry");
  assert.equal(outcome.error.failure.retryAfterMs, 45_000);
  now += 45_000;
  assert.equal((await attempt(send, anAlert(), call, false)).kind, "done");
});

const accountTroubles = {
  "token-revoked": /token: take it from @BotFather/,
  blocked: /may not write to the chat .*blocked by the user/,
  kicked: /may not write to the chat .*kicked/,
  "chat-gone": /does not know the chat/,
};

for (const [mood, sentence] of Object.entries(accountTroubles)) {
  test(`alerts wait when the account is in trouble: ${mood}`, async () => {
    const { send, call, simulator } = telegramShop();
    simulator.setMood(mood, true);
    const outcome = await attempt(send, anAlert(), call, false);
    assert.ok(outcome.kind === "retry");
    assert.equal(outcome.error.failure.cause, "auth.refused");
    assert.match(outcome.error.message, sentence);
    simulator.setMood(mood, false);
    assert.equal((await attempt(send, anAlert(), call, false)).kind, "done");
  });
}

test("a lost answer is left to the people in the chat, who can see the alert", async () => {
  const { send, call } = telegramShop();
  const outcome = await attempt(send, anAlert(), call, true);
  assert.equal(outcome.kind, "in-doubt");
});

test("no error ever says the token", async () => {
  const botToken = "987654:do-not-tell";
  const { send, call, simulator } = telegramShop({}, undefined, { botToken });
  const broken = {
    ...call,
    send: async () => ({
      status: 500,
      headers: {},
      body: new TextEncoder().encode("<html>"),
      request: { method: "POST" as const, url: `https://api.telegram.org/bot${botToken}/x` },
    }),
  };
  for (const c of [call, broken]) {
    const outcome = await attempt(send, anAlert(), c, false);
    assert.ok(outcome.kind === "retry" || outcome.kind === "in-doubt");
    assert.ok(!JSON.stringify([outcome.error, outcome.error.message]).includes("do-not-tell"));
  }
  assert.equal(simulator.records().length, 0);
});

test("the check names bot and chat, and writes nothing", async () => {
  const { check, simulator } = telegramShop({ chatId: -1001000000001 });
  assert.equal(await check(), 'The Telegram bot @ordna_simulated_bot sees the chat "Orders".');
  assert.equal(simulator.records().length, 0);
});

test("the check says which half is wrong: the token or the chat", async () => {
  const { check, simulator } = telegramShop();
  simulator.setMood("chat-gone", true);
  await assert.rejects(check(), /does not know the chat/);
  simulator.setMood("token-revoked", true);
  await assert.rejects(check(), /does not accept the bot's token/);
});

test("the account is named without its secret", () => {
  const botToken = secret("TELEGRAM_BOT_TOKEN");
  const hidden = telegram({ botToken, chatId: secret("TELEGRAM_CHAT_ID") });
  assert.equal(hidden.connection.account, "telegram:TELEGRAM_CHAT_ID");
  assert.equal(
    telegram({ botToken, chatId: "@shop_alerts" }).connection.account,
    "telegram:@shop_alerts",
  );
});

test("options that cannot be right are refused with a sentence", () => {
  const botToken = secret("TELEGRAM_BOT_TOKEN");
  for (const chatId of ["Orders", "https://t.me/orders", "", 1.5]) {
    assert.throws(() => telegram({ botToken, chatId }), /chatId must be a number/);
  }
  assert.throws(() => telegram({ botToken, chatId: 1, threadId: 0 }), /threadId/);
});
