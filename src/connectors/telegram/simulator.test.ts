import assert from "node:assert/strict";
import { test } from "node:test";
import errors from "./fixtures/errors.json" with { type: "json" };
import captured from "./fixtures/sendMessage.200.json" with { type: "json" };
import { anAlert, telegramShop } from "./shop-for-tests.ts";
import { parseHtml } from "./simulated-html.ts";

const chat_id = -1001000000001;
const now = () => new Date(captured.body.result.date * 1000);

test("a message is answered as Telegram answers it", async () => {
  const { ask } = telegramShop({}, now);
  const response = await ask("sendMessage", captured.request);
  assert.deepEqual(await response.json(), captured.body);
});

const html = { parse_mode: "HTML" };
const button = { inline_keyboard: [[{ text: "Open", url: "http://localhost:8080/orders/1" }]] };

const refusals: readonly [keyof typeof errors, string, object, (string | undefined)?][] = [
  ["retry_after", "sendMessage", { chat_id, text: "x" }, "flood"],
  ["bad_token", "sendMessage", { chat_id, text: "x" }, "token-revoked"],
  ["no_method", "sendMassage", { chat_id, text: "x" }],
  ["chat_not_found", "getChat", { chat_id: 42 }],
  ["empty_text", "sendMessage", { chat_id, text: " " }],
  ["too_long", "sendMessage", { chat_id, text: "x".repeat(4097) }],
  ["html_entities", "sendMessage", { chat_id, text: "text<br>", ...html }],
  ["button_url", "sendMessage", { chat_id, text: "x", reply_markup: button }],
  ["migrated", "sendMessage", { chat_id, text: "x" }, "migrated"],
  ["blocked", "sendMessage", { chat_id, text: "x" }, "blocked"],
  ["kicked", "sendMessage", { chat_id, text: "x" }, "kicked"],
];

for (const [name, method, body, mood] of refusals) {
  test(`the simulated Telegram refuses in Telegram's words: ${name}`, async () => {
    const { ask, simulator } = telegramShop();
    if (mood) simulator.setMood(mood, true);
    const response = await ask(method, body);
    const { status, headers, body: words } = errors[name];
    assert.deepEqual([response.status, await response.json()], [status, words]);
    for (const [header, value] of Object.entries(headers)) {
      assert.equal(response.headers.get(header), value);
    }
    assert.equal(simulator.records().length, 0);
  });
}

test("a token that is none is told apart from a wrong one", async () => {
  const { ask } = telegramShop();
  assert.deepEqual(await (await ask("getMe", {}, "simulated")).json(), errors.malformed_token.body);
  assert.deepEqual(await (await ask("getMe", {}, "1:other")).json(), errors.bad_token.body);
});

test("an edit changes the message, and the same edit again is no change", async () => {
  const { ask, send, call, simulator } = telegramShop();
  const { messageId } = await send.run(anAlert(), call);
  const edit = { chat_id, message_id: Number(messageId), text: "<i>done</i>", ...html };
  assert.equal((await ask("editMessageText", edit)).status, 200);
  const again = await ask("editMessageText", edit);
  assert.deepEqual(await again.json(), errors.not_modified.body);
  assert.deepEqual(
    simulator.records().map((alert) => alert.fields.text),
    ["done"],
  );
});

test("4096 characters count after the tags and entities are read", async () => {
  const { ask } = telegramShop();
  const text = `<b>${"&lt;".repeat(4096)}</b>`;
  assert.equal((await ask("sendMessage", { chat_id, text, ...html })).status, 200);
});

test("Telegram's HTML is read: nested tags, links, entities by name and number", () => {
  const { text, entities } = parseHtml(
    '<b>a<i>b</i></b> &lt;&#65;&#x42;&amp;&copy; <a href="https://x.example">c</a>',
  );
  assert.equal(text, "ab <AB&&copy; c");
  assert.deepEqual(entities, [
    { offset: 1, length: 1, type: "italic" },
    { offset: 0, length: 2, type: "bold" },
    { offset: 14, length: 1, type: "text_link", url: "https://x.example" },
  ]);
});

test("HTML that Telegram does not know is refused", () => {
  for (const bad of [
    "<p>x</p>",
    "1 < 2",
    "<b>x",
    "<b><i>x</b></i>",
    "x</b>",
    "<b",
    "<constructor>x</constructor>",
  ]) {
    assert.throws(() => parseHtml(bad), /tag/, bad);
  }
});
