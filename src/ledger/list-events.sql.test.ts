import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { listEvents } from "./list-events.ts";
import { openTestLedger, type TestLedger } from "./test-ledger.ts";

let opened: TestLedger;
before(async () => {
  opened = await openTestLedger();
});
after(() => opened.close());

test("page by page every event comes once, also those of one moment, although others arrive", async () => {
  const { db } = opened;
  const add = (id: string, at: string) =>
    db.query(
      `insert into event (source, id, store, type, object_id, created_at, body, body_sha256, received_at)
       values ('stripe', $1, 'pikkuna', 'charge.refunded', $1, now(), $2, sha256($2), $3)`,
      [id, Buffer.from("{}"), at],
    );
  for (let i = 0; i < 7; i++) await add(`evt_${i}`, "2026-11-01T10:00:00.000100Z");
  for (let i = 7; i < 10; i++) await add(`evt_${i}`, "2026-11-01T10:00:00.000200Z");
  const seen: string[] = [];
  let before: string | undefined;
  do {
    const page = await listEvents(db, { limit: 4, before });
    seen.push(...page.events.map(({ id }) => id));
    await add(`evt_later${seen.length}`, "2026-11-01T11:00:00Z");
    before = page.next ?? undefined;
  } while (before !== undefined && seen.length < 50);
  assert.deepEqual(
    seen,
    [7, 8, 9, 0, 1, 2, 3, 4, 5, 6].map((i) => `evt_${i}`),
  );
  const { events } = await listEvents(db, { limit: 4, find: "evt_3" });
  assert.deepEqual(
    events.map(({ id }) => id),
    ["evt_3"],
  );
});
