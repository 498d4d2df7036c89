// bull-board: what waits in Redis, and waking it again. The ledger decides what is left to do, so that is always safe.
import { createBullBoard } from "@bull-board/api";
import { BullMQAdapter } from "@bull-board/api/bullMQAdapter";
import { HonoAdapter } from "@bull-board/hono";
import { serveStatic } from "@hono/node-server/serve-static";
import { Queue as BullQueue } from "bullmq";
import type { Hono } from "hono";
import { openRedis } from "./redis-connection.ts";
import { prefixFor, queueName } from "./redis-queue.ts";

export async function queueBoard(
  redisUrl: string,
  onError: (error: unknown) => void,
  installation = "",
): Promise<{ app: Hono; close(): Promise<void> }> {
  const redis = openRedis(redisUrl, { maxRetriesPerRequest: null });
  redis.on("error", onError);
  const queue = new BullQueue(queueName, { connection: redis, prefix: prefixFor(installation) });
  queue.on("error", () => {}); // The connection reported it.
  const adapter = new HonoAdapter(serveStatic);
  adapter.setBasePath("/queues");
  const close = async () => {
    redis.disconnect(); // Closing the queue would wait for a Redis that is away.
    await queue.close();
  };
  createBullBoard({ queues: [new BullMQAdapter(queue)], serverAdapter: adapter });
  return { app: adapter.registerPlugin(), close };
}
