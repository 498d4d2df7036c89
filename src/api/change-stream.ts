// Server-sent events: which orders changed. Only references travel; the page asks for what it shows.

import type { Context } from "hono";
import { streamSSE } from "hono/streaming";
import { changedChannel } from "../ledger/changed.ts";
import type { Database } from "../ledger/database/database.ts";
import { ordersOf, type Stores } from "../ledger/store-of.ts";

const beatMs = 15_000;
/** Changes are gathered for so long: a step may change three times in a blink. */
const gatherMs = 100;

export function changeStream(c: Context, db: Database, stores: Stores): Response {
  return streamSSE(c, async (stream) => {
    const changed = new Set<string>();
    const stop = await db.listen(changedChannel, (reference) => changed.add(reference));
    let lastBeat = 0;
    try {
      while (!stream.aborted && !stream.closed) {
        if (changed.size > 0) {
          const references = [...changed];
          changed.clear();
          const own = await ordersOf(db, references, stores);
          if (own.length === 0) continue;
          const data = JSON.stringify(own);
          await stream.writeSSE({ event: "changed", data });
        } else if (Date.now() - lastBeat > beatMs) {
          lastBeat = Date.now();
          await stream.writeSSE({ event: "beat", data: "" });
        }
        await stream.sleep(gatherMs);
      }
    } finally {
      await stop();
    }
  });
}
