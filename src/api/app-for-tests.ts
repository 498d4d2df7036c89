// The page's server over a real ledger, and orders in it, for the tests of this folder.
import type { StoredFile } from "../connector-kit/action.ts";
import { anOrder } from "../connector-kit/sample-order.ts";
import { sealsWith } from "../connector-kit/seal.ts";
import { stripeWebhook } from "../ingest/stripe-webhook.ts";
import { openTestDatabase } from "../ledger/database/test-database.ts";
import type { Ending, NewStep, Trouble } from "../ledger/ledger.ts";
import { migrationsFolder } from "../ledger/open-database.ts";
import { sqlLedger } from "../ledger/sql-ledger.ts";
import { app } from "./app.ts";
import type { AppOptions } from "./app-options.ts";

const step = (name: string, needs: readonly string[] = []): NewStep => ({
  name,
  needs,
  action: `ordna.${name}`,
  provider: "ordna",
  account: "ordna",
  settleMs: 0,
});
const run = { trigger: "paid", steps: [step("check"), step("booking", ["check"])] };

const trouble: Trouble = {
  cause: "address.postal_code",
  message: '"ABC" is no postal code of FI.',
  field: "shipTo.address.postalCode",
};

export const done = {
  kind: "done",
  output: { made: true },
  via: "response",
  external: { id: "checked", isShared: true },
} as const satisfies Ending;
export const attention = {
  kind: "attention",
  trouble,
  isInDoubt: false,
  wasAbsent: false,
  alert: { severity: "needs-you", title: "Order waits", lines: [] },
  store: "pikkuna",
} as const satisfies Ending;
export const outage = {
  kind: "retry",
  trouble: { cause: "provider.outage", message: "PostNord has an outage." },
  delayMs: 3600_000,
  wasAbsent: false,
  isParked: true,
} as const satisfies Ending;

export const label: StoredFile & { readonly bytes: Uint8Array } = {
  key: "files/label",
  fileName: 'Lähete "1"\r\nx.pdf',
  mediaType: "application/pdf",
  size: 5,
  sha256: "0".repeat(64),
  bytes: Buffer.from("%PDF-"),
};

export async function openApp(more: Partial<AppOptions> = {}) {
  const { db, close } = await openTestDatabase(migrationsFolder());
  const ledger = sqlLedger(db);
  let kicks = 0;
  const options: AppOptions = {
    db,
    ledger,
    door: stripeWebhook({
      ledger,
      stores: new Map([["pikkuna", { payments: { verify: readAnything } }]]),
      seen: { has: async () => false, add: async () => {} },
      wake: () => {},
      now: () => new Date(),
    }),
    access: { key: undefined, isSecure: false },
    sealFor: sealsWith(["a key for what the database holds"]),
    about: { version: "0.0.0", database: db.kind, queue: "ledger", providers: [] },
    openFile: async (_reference, name) =>
      name === "label" ? { file: label, bytes: label.bytes } : undefined,
    kick: () => {
      kicks += 1;
    },
    ...more,
  };
  const hono = app(options);
  const on = `http://127.0.0.1`;
  return {
    db,
    ledger,
    close,
    options,
    hono,
    kicks: () => kicks,
    get: (path: string, headers: Readonly<Record<string, string>> = {}) =>
      hono.request(`${on}${path}`, { headers }),
    post: (path: string, body: unknown, headers: Readonly<Record<string, string>> = {}) =>
      hono.request(`${on}${path}`, {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body: typeof body === "string" ? body : JSON.stringify(body),
      }),
    /** An order as the worker opens it: a first step that is ready, and a booking that waits for it. */
    open: async (reference: string): Promise<string> => {
      const id = `evt_${reference}`;
      const at = new Date().toISOString();
      const { subject } = await ledger.recordEvent({
        source: "stripe",
        store: "pikkuna",
        event: { id, type: "payment_intent.succeeded", createdAt: at, livemode: false },
        body: Buffer.from("{}"),
      });
      const payment = {
        provider: "stripe",
        object: `cs_${reference}`,
        paymentIntent: `pi_${reference}`,
        livemode: false,
      };
      await ledger.openOrder(subject, anOrder({ reference, payment }), run);
      return reference;
    },
    /** Somebody works on a step, and it ends so. */
    work: async (reference: string, name: string, ending: Ending): Promise<void> => {
      const claim = await ledger.claim({
        reference,
        run: `${reference}-paid`,
        name,
        owner: "test",
        leaseMs: 60_000,
        inputDigest: "digest",
      });
      if (!claim || !(await ledger.finish(claim, ending))) throw new Error(`${name} was not free.`);
    },
  };
}

export type OpenApp = Awaited<ReturnType<typeof openApp>>;

/** Every letter is signed, for tests that are not about signatures. */
function readAnything() {
  return { kind: "unreadable", why: "It is no event" } as const;
}
