import { Queue } from "bullmq";
import { Redis } from "ioredis";

export const redis = new Redis(process.env.REDIS_URL ?? "redis://127.0.0.1:6379", {
  maxRetriesPerRequest: null,
  // The build imports this file and needs no Redis.
  lazyConnect: true,
});

export const orderQueue = new Queue("orders", { connection: redis });
