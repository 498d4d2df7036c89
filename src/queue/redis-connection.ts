// What REDIS_URL says, for ioredis, which BullMQ uses as well.
/**
 * One server: redis[s]://user:password@host:6379/0. Behind Sentinel, which says who is master now:
 * redis[s]+sentinel://user:password@sentinel-1:26379/mymaster?sentinel=sentinel-2:26379&db=0
 */
export function redisConnection(url: string) {
  const { protocol, hostname, port, username, password, pathname, searchParams } = new URL(url);
  const name = pathname.slice(1);
  const tls = protocol.startsWith("rediss") ? { tls: {} } : {};
  const who = {
    ...(username ? { username: decodeURIComponent(username) } : {}),
    ...(password ? { password: decodeURIComponent(password) } : {}),
    ...tls,
  };
  const host = hostname.replace(/^\[|\]$/g, "");
  if (!protocol.includes("sentinel")) {
    return { ...who, host, port: Number(port || 6379), db: Number(name || 0) };
  }
  const others = searchParams.getAll("sentinel").map((one) => {
    const { hostname: other, port: at } = new URL(`redis://${one}`);
    return { host: other.replace(/^\[|\]$/g, ""), port: Number(at || sentinelPort) };
  });
  const sentinelPassword = searchParams.get("sentinelPassword") ?? undefined;
  return {
    ...who,
    sentinels: [{ host, port: Number(port || sentinelPort) }, ...others],
    name: name || "mymaster",
    ...(sentinelPassword ? { sentinelPassword } : {}),
    ...(protocol.startsWith("rediss") ? { enableTLSForSentinelMode: true, sentinelTLS: {} } : {}),
    db: Number(searchParams.get("db") ?? 0),
  };
}

const sentinelPort = 26_379;
