// The page hears of every change without asking.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { app } from "./app.ts";
import { type OpenApp, openApp } from "./app-for-tests.ts";

let shop: OpenApp;

before(async () => {
  shop = await openApp();
});
after(() => shop.close());

/** Reads until `isEnough`, then hangs up. */
async function hear(isEnough: (text: string) => boolean, happen: () => Promise<void>) {
  const answer = await shop.get("/api/stream");
  assert.equal(answer.status, 200);
  assert.match(answer.headers.get("content-type") ?? "", /^text\/event-stream/);
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  assert.ok(reader);
  let text = "";
  // The first beat says that the ear is open.
  while (!text.includes("event: beat")) text += (await reader.read()).value ?? "";
  await happen();
  while (!isEnough(text)) {
    const { value, done } = await reader.read();
    assert.ok(!done, "the stream ended");
    text += value;
  }
  await reader.cancel();
  return text;
}

test("an order that comes in is told to every page within a moment", async () => {
  // The beat that comes without news is much later than the patience of this.
  const text = await hear(
    (heard) => heard.includes("changed"),
    () => shop.open("AAAAAAAAAACHANGE").then(() => {}),
  );
  assert.match(text, /event: changed\ndata: \["AAAAAAAAAACHANGE"\]\n\n/);
});

test("only references travel: no name, no address", async () => {
  const text = await hear(
    (heard) => heard.includes("AAAAAAAAAASECRET"),
    () => shop.open("AAAAAAAAAASECRET").then(() => {}),
  );
  assert.doesNotMatch(text, /Example Buyer|Mannerheimintie|buyer@/);
});

test("a page that went away is listened for no more", async () => {
  const { db } = shop;
  const stopped: string[] = [];
  const listen: typeof db.listen = async (channel, heard) => {
    const stop = await db.listen(channel, heard);
    return () => stop().then(() => void stopped.push(channel));
  };
  const hono = app({ ...shop.options, db: { ...db, listen } });
  const answer = await hono.request("http://127.0.0.1/api/stream");
  await answer.body?.cancel();
  for (let tries = 0; tries < 1000 && stopped.length === 0; tries++) await sleep(20);
  assert.deepEqual(stopped, ["ordna_changed"]);
});
