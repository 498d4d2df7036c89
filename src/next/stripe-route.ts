// The door inside a Next.js shop: a route handler of the App Router that writes Stripe's events into the ledger and
// wakes the workers, which run elsewhere. The same code as Ordna's own door, with the same promise: on disk before 200.
// https://nextjs.org/docs/app/api-reference/file-conventions/route
import type { Connector } from "../connector-kit/connector.ts";
import { redactor } from "../connector-kit/redact.ts";
import { stripeWebhook } from "../ingest/stripe-webhook.ts";
import { openLedgerDatabase } from "../ledger/open-database.ts";
import { sqlLedger } from "../ledger/sql-ledger.ts";
import { sqlTokens } from "../ledger/tokens.ts";
import { withoutSecrets } from "../ledger/without-secrets.ts";
import { type Environment, readSettings, type Settings } from "../settings.ts";
import { wireConnector } from "../shop/connect-store.ts";

export interface StripeRouteOptions {
  /** The store's name in `ordna.config.ts` of the workers. */
  readonly store: string;
  /** `stripe({ ... })`, as the workers have it; its secrets come from the environment here, too. */
  readonly payments: Connector<"payments">;
  /** Told of what was refused or could not be written; never of bodies. Default: the console. */
  readonly onError?: (error: Error) => void;
}

type Door = (request: Request) => Promise<Response>;

/**
 * `export const { POST } = stripeRoute({ store: "pikkuna", payments: stripe({ ... }) });`
 * Needs DATABASE_URL: the embedded database belongs to one process, and workers need it as well. Nothing is opened
 * before the first request, so that a build needs no database.
 */
export function stripeRoute(
  options: StripeRouteOptions,
  environment: Environment = process.env,
): { readonly POST: Door } {
  const onError = options.onError ?? ((error) => console.error(error));
  let opening: Promise<Door> | undefined;
  return {
    async POST(request) {
      opening ??= openDoor(options, readSettings(environment), onError);
      try {
        return await (await opening)(request);
      } catch (thrown) {
        // The next request tries to open it again; Stripe sends this one again.
        opening = undefined;
        onError(thrown instanceof Error ? thrown : new Error(String(thrown)));
        return new Response("Not recorded; try again.\n", {
          status: 503,
          headers: { "retry-after": "10" },
        });
      }
    },
  };
}

async function openDoor(
  { store, payments }: StripeRouteOptions,
  settings: Settings,
  onError: (error: Error) => void,
): Promise<Door> {
  refuseProblems(settings);
  const db = await openLedgerDatabase(settings);
  const wiring = wireConnector(payments, settings, sqlTokens(db));
  const ledger = withoutSecrets(sqlLedger(db), redactor(Object.values(wiring.secrets)));
  const door = stripeWebhook({
    ledger,
    stores: new Map([[store, { payments: payments.connect(wiring) }]]),
    seen: { has: async () => false, add: async () => {} },
    // The ledger's own NOTIFY wakes whoever works.
    wake: () => {},
    now: () => new Date(),
    onRefused: (_store, why) => onError(new Error(`Stripe's webhook was refused: ${why}`)),
    onFailure: (error) => onError(error instanceof Error ? error : new Error(String(error))),
  });
  return (request) => door(request, store);
}

function refuseProblems({ problems, databaseUrl }: Settings): void {
  if (problems.length > 0) throw new Error(`Ordna cannot start: ${problems.join(" ")}`);
  if (databaseUrl) return;
  throw new Error("Set DATABASE_URL to the PostgreSQL that Ordna's workers use.");
}
