// The servers that take Stripe's letters, and how each is started.
import { createRequire } from "node:module";
import { join } from "node:path";
import { root } from "../../scripts/places.mjs";
import { webhookSecret } from "../load/paid-order.ts";
import { type Child, startChild } from "../servers/child.ts";
import { shopEnvironment } from "../shop/shop-environment.ts";

export const doorNames = [
  "next",
  "ordna-embedded",
  "ordna-postgres",
  "ordna-redis",
  "fsynced-insert",
] as const;

export type DoorName = (typeof doorNames)[number];

export interface DoorPlace {
  readonly port: number;
  readonly providersUrl: string;
  readonly databaseUrl: string;
  readonly redisUrl: string;
  readonly folder: string;
}

export const nextShop = join(import.meta.dirname, "..", "next-shop");

export const pathOf = (door: DoorName) =>
  door === "next" ? "/api/webhooks/stripe" : "/webhooks/stripe/bench";

export function openDoor(door: DoorName, place: DoorPlace): Child {
  switch (door) {
    case "next":
      return openNext(place);
    case "fsynced-insert":
      return startChild(join(import.meta.dirname, "fsynced-door.ts"), {
        env: { ...process.env, PORT: String(place.port), DATABASE_URL: place.databaseUrl },
      });
    case "ordna-embedded":
      return startChild(join(import.meta.dirname, "embedded-door.ts"), {
        // As scripts/run-ordna.mjs starts an Ordna with its database inside.
        flags: ["--max-semi-space-size=4"],
        env: ordnaEnvironment({ ...place, databaseUrl: undefined, redisUrl: undefined }),
      });
    case "ordna-postgres":
      return serveOrdna({ ...place, redisUrl: undefined });
    case "ordna-redis":
      return serveOrdna(place);
  }
}

type OrdnaPlace = Parameters<typeof shopEnvironment>[0];

function serveOrdna(place: Omit<OrdnaPlace, "concurrency">): Child {
  const args = ["serve", "--role", "web"];
  const main = join(root, "src", "main.ts");
  return startChild(main, { args, env: ordnaEnvironment(place) });
}

function ordnaEnvironment(place: Omit<OrdnaPlace, "concurrency">) {
  return {
    PATH: process.env.PATH,
    ORDNA_CONFIG: join(import.meta.dirname, "..", "shop", "ordna.config.ts"),
    ORDNA_CACHE: join(root, ".cache"),
    ...shopEnvironment({ ...place, concurrency: 50 }),
  };
}

/** The production server of Next.js, built before. */
function openNext({ port, redisUrl }: DoorPlace): Child {
  const next = createRequire(join(nextShop, "package.json")).resolve("next/dist/bin/next");
  return startChild(next, {
    args: ["start", "--port", String(port), "--hostname", "127.0.0.1"],
    cwd: nextShop,
    env: {
      ...process.env,
      NODE_ENV: "production",
      NEXT_TELEMETRY_DISABLED: "1",
      REDIS_URL: redisUrl,
      STRIPE_SECRET_KEY: "sk_test_bench",
      STRIPE_WEBHOOK_SECRET: webhookSecret,
    },
  });
}
