import type { Redis } from "ioredis";

/** Every key and value that a Redis holds now, as one text. */
export async function keptInRedis(redis: Redis): Promise<string> {
  const kept: unknown[] = [];
  for (const key of await redis.keys("*")) kept.push([key, await keptUnder(redis, key)]);
  return JSON.stringify(kept);
}

async function keptUnder(redis: Redis, key: string): Promise<unknown> {
  switch (await redis.type(key)) {
    case "string":
      return redis.get(key);
    case "hash":
      return redis.hgetall(key);
    case "list":
      return redis.lrange(key, 0, -1);
    case "set":
      return redis.smembers(key);
    case "zset":
      return redis.zrange(key, "0", "-1");
    case "stream":
      return redis.xrange(key, "-", "+");
    default:
      // It went away between the two questions.
      return undefined;
  }
}
