// What REDIS_URL says, for ioredis, which BullMQ uses as well.
import { Cluster, type ClusterOptions, Redis, type RedisOptions } from "ioredis";

/** A connection, or those to the nodes of a cluster. */
export function openRedis(
  url: string,
  options: RedisOptions & Pick<ClusterOptions, "clusterRetryStrategy"> = {},
): Redis | Cluster {
  const { nodes, ...connection } = redisConnection(url);
  const { clusterRetryStrategy, enableOfflineQueue, enableAutoPipelining, lazyConnect, ...each } =
    options;
  const whole = defined({ enableOfflineQueue, enableAutoPipelining, lazyConnect });
  if (!nodes) return new Redis({ ...connection, ...each, ...whole });
  return new Cluster([...nodes], {
    ...whole,
    ...(clusterRetryStrategy ? { clusterRetryStrategy } : {}),
    redisOptions: { ...connection, ...each },
    // Names of a certificate are those that the nodes tell.
    ...(connection.tls ? { dnsLookup: (address, done) => done(null, address) } : {}),
  });
}

const defined = <Options extends object>(options: Options) =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));

interface Connection extends RedisOptions {
  /** Of a cluster: one that answers is enough, it knows the others. */
  readonly nodes?: readonly { readonly host: string; readonly port: number }[];
}

/**
 * One server: redis[s]://user:password@host:6379/0. Behind Sentinel, which says who is master now:
 * redis[s]+sentinel://user:password@sentinel-1:26379/mymaster?sentinel=sentinel-2:26379&db=0
 * A cluster: redis[s]+cluster://user:password@node-1:6379?node=node-2:6379
 */
export function redisConnection(url: string): Connection {
  const { protocol, hostname, port, username, password, pathname, searchParams } = new URL(url);
  const name = pathname.slice(1);
  const tls = protocol.startsWith("rediss") ? { tls: {} } : {};
  const who = {
    ...(username ? { username: decodeURIComponent(username) } : {}),
    ...(password ? { password: decodeURIComponent(password) } : {}),
    ...tls,
  };
  const host = hostname.replace(/^\[|\]$/g, "");
  if (protocol.includes("cluster")) {
    const nodes = searchParams.getAll("node").map((one) => place(one, redisPort));
    return { ...who, nodes: [{ host, port: Number(port || redisPort) }, ...nodes] };
  }
  if (!protocol.includes("sentinel")) {
    return { ...who, host, port: Number(port || redisPort), db: Number(name || 0) };
  }
  const others = searchParams.getAll("sentinel").map((one) => place(one, sentinelPort));
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

const redisPort = 6379;
const sentinelPort = 26_379;

function place(text: string, usualPort: number) {
  const { hostname, port } = new URL(`redis://${text}`);
  return { host: hostname.replace(/^\[|\]$/g, ""), port: Number(port || usualPort) };
}
