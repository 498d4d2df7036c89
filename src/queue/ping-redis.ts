import { openRedis } from "./redis-connection.ts";

/** "Redis 7.0.15", or "Valkey 8.0.1". Rejects within a few seconds when nothing answers. */
export async function pingRedis(url: string): Promise<string> {
  const redis = openRedis(url, {
    lazyConnect: true,
    connectTimeout: 3000,
    retryStrategy: () => null,
    clusterRetryStrategy: () => null,
  });
  // The client itself only says that its connection closed.
  let why: unknown;
  redis.on("error", (error) => {
    why = error;
  });
  try {
    await redis.connect().catch((error) => {
      throw why ?? error;
    });
    const info = await redis.info("server");
    const valkey = /^valkey_version:(\S+)/m.exec(info)?.[1];
    const plain = /^redis_version:(\S+)/m.exec(info)?.[1];
    return valkey ? `Valkey ${valkey}` : `Redis ${plain ?? "of unknown version"}`;
  } finally {
    redis.disconnect();
  }
}
