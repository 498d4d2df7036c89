// The environment in which the benchmark's shop runs.
import { webhookSecret } from "../load/paid-order.ts";

export interface ShopPlace {
  readonly providersUrl: string;
  /** Absent: the embedded database in `folder`. */
  readonly databaseUrl?: string | undefined;
  readonly redisUrl?: string | undefined;
  readonly folder: string;
  readonly port?: number;
  readonly concurrency: number;
}

export function shopEnvironment(place: ShopPlace): Record<string, string> {
  return {
    ORDNA_BENCH_URL: place.providersUrl,
    ORDNA_DATA: place.folder,
    ORDNA_PORT: String(place.port ?? 0),
    ORDNA_CONCURRENCY: String(place.concurrency),
    ORDNA_LOG: "error",
    STRIPE_SECRET_KEY: "sk_test_bench",
    STRIPE_WEBHOOK_SECRET: webhookSecret,
    ...(place.databaseUrl ? { DATABASE_URL: place.databaseUrl } : {}),
    ...(place.redisUrl ? { REDIS_URL: place.redisUrl } : {}),
  };
}
