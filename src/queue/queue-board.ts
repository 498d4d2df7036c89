// bull-board: what waits in Redis, and waking it again. The ledger decides what is left to do, so that is always safe.
import { createBullBoard } from "@bull-board/api";
import { BullMQAdapter } from "@bull-board/api/bullMQAdapter";
import { HonoAdapter } from "@bull-board/hono";
import { serveStatic } from "@hono/node-server/serve-static";
import { Queue as BullQueue } from "bullmq";
import type { Hono } from "hono";
import { queueName, redisConnection } from "./redis-queue.ts";

export async function queueBoard(redisUrl: string): Promise<{ app: Hono; close(): Promise<void> }> {
  const queue = new BullQueue(queueName, { connection: redisConnection(redisUrl) });
  const adapter = new HonoAdapter(serveStatic);
  adapter.setBasePath("/queues");
  createBullBoard({ queues: [new BullMQAdapter(queue)], serverAdapter: adapter });
  return { app: adapter.registerPlugin(), close: () => queue.close() };
}
