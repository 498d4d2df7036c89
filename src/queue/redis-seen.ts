import { openRedis } from "./redis-connection.ts";

const keepSeconds = 4 * 24 * 3600;

/** Subjects that are surely on disk, remembered in Redis for a little longer than Stripe retries. */
export function redisSeen(url: string, onError: (error: unknown) => void, installation = "") {
  const redis = openRedis(url, {
    lazyConnect: false,
    // A slow first look is worse than none: the permanent record answers anyway.
    commandTimeout: 250,
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    // What one turn of the event loop asks for goes to Redis together.
    enableAutoPipelining: true,
  });
  redis.on("error", onError);
  // What another ledger has on its disk says nothing about ours.
  const nameOf = (subject: string) => `ordna:${installation}:seen:${subject}`;
  return {
    has: async (subject: string) => (await redis.exists(nameOf(subject))) === 1,
    add: async (subject: string) => {
      await redis.set(nameOf(subject), "1", "EX", keepSeconds);
    },
    close: async () => redis.disconnect(),
  };
}
