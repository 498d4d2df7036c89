// The providers and Stripe's postman in a process of their own. It is never killed, and it is the only judge.
import { setPriority } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import type { Simulator } from "../../src/connector-kit/simulator.ts";
import { deliverWebhooks } from "../../src/connectors/stripe/deliver-webhooks.ts";
import type { StripeSimulator } from "../../src/connectors/stripe/simulator.ts";
import { serveSimulator } from "../../src/sandbox/serve-simulator.ts";
import { roleNames } from "../../src/shop/connect-store.ts";
import config from "./chaos-config.ts";
import { laggingKit } from "./lagging-kit.ts";
import { type Mischievous, mischievous } from "./mischievous.ts";
import { type PlannedOrder, paymentOf } from "./planned-orders.ts";
import { recordKeeper } from "./record-keeper.ts";
import type { Mischief } from "./strikes.ts";
import { openWitnessLog } from "./witness-log.ts";

export type WitnessWish =
  | { readonly wish: "serve"; readonly folder: string; readonly firstPort: number }
  /** The doors that events go to, in turn. From now on the run's time counts. */
  | { readonly wish: "deliver"; readonly doors: readonly string[]; readonly startedAt: number }
  | { readonly wish: "pay"; readonly order: PlannedOrder }
  | { readonly wish: "begin"; readonly mischief: Mischief }
  | { readonly wish: "behave" }
  | { readonly wish: "status" };

export interface WitnessStatus {
  /** By provider: where it listens, and the secrets that it takes, by environment variable. */
  readonly addresses: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  /** Events that were not yet acknowledged. */
  readonly waiting: number;
  readonly mischiefs: number;
  /** The longest that this process was kept from its work. */
  readonly lateMs: number;
}

const [store = ""] = Object.keys(config.stores);
const addresses: Record<string, string> = {};
const secrets: Record<string, string> = {};
const providers = new Map<string, Mischievous>();
const orderOf = new Map<string, string>();
let stripe: StripeSimulator | undefined;
let startedAt = Date.now();
let log: ReturnType<typeof openWitnessLog> | undefined;
const atMs = () => Date.now() - startedAt;

// Busy processes must not keep the providers from answering in time; only root may ask for that.
try {
  setPriority(-10);
} catch {}
process.on("disconnect", () => process.exit(0));
const lateness = monitorEventLoopDelay({ resolution: 20 });
lateness.enable();
process.on("message", (message: { id: number; wish: WitnessWish }) => {
  void carryOut(message.wish).then(
    (status) => process.send?.({ id: message.id, status }),
    (error: unknown) => process.send?.({ id: message.id, error: String(error) }),
  );
});

async function carryOut(wish: WitnessWish): Promise<WitnessStatus> {
  if (wish.wish === "serve") await serve(wish.folder, wish.firstPort);
  if (wish.wish === "deliver") deliver(wish.doors, wish.startedAt);
  if (wish.wish === "pay") pay(wish.order);
  if (wish.wish === "begin") begin(wish.mischief);
  if (wish.wish === "behave") for (const provider of providers.values()) provider.behave();
  return {
    addresses,
    secrets,
    waiting: stripe?.webhooks.waiting().length ?? 0,
    lateMs: Math.round(lateness.max / 1e6),
    mischiefs: [...providers.values()].reduce((sum, { mischiefs }) => sum + mischiefs, 0),
  };
}

async function serve(folder: string, firstPort: number): Promise<void> {
  log = openWitnessLog(join(folder, "witness.jsonl"));
  let port = firstPort;
  const shop = config.stores[store];
  for (const role of roleNames) {
    const connector = shop?.[role];
    if (!connector || Object.keys(connector.secrets).length === 0) continue;
    const kit = laggingKit();
    const raw: Simulator = connector.simulate(kit);
    if (isStripe(raw)) stripe = raw;
    const { onWork, onAnswer } = recordKeeper(raw, kit, log, atMs);
    const provider = mischievous(raw, { kit, onWork, onAnswer });
    const { url } = await serveSimulator(provider, port);
    port = Number(new URL(url).port) + 1;
    providers.set(raw.provider, provider);
    addresses[raw.provider] = url;
    for (const [name, { env }] of Object.entries(connector.secrets)) {
      secrets[env] = raw.secrets[name] ?? "";
    }
  }
}

function pay(order: PlannedOrder): void {
  const { reference, email, isFree, payment } = paymentOf(order, new Date());
  for (const { event, deliver } of payment.events) {
    for (const id of [event.id, ...(deliver?.alsoAs ?? [])]) orderOf.set(id, reference);
  }
  log?.swear({ atMs: atMs(), what: "paid", reference, email, isFree });
  stripe?.record(payment);
}

function begin(mischief: Mischief): void {
  const { provider, kind } = mischief;
  log?.write({ atMs: atMs(), what: "mischief", provider, kind });
  providers.get(provider)?.begin(mischief);
}

function deliver(doors: readonly string[], start: number): void {
  startedAt = start;
  lateness.reset();
  if (!stripe) throw new Error("Stripe is not served yet.");
  let turn = 0;
  const pump = deliverWebhooks(stripe, {
    url: `http://door/webhooks/stripe/${store}`,
    secret: stripe.secrets.webhookSecrets ?? "",
    now: () => new Date(),
    concurrent: 16,
    fetch: (request) => knock(request, doors[turn++ % doors.length] ?? ""),
  });
  void pump.run(new AbortController().signal);
}

/** Sworn before Stripe's own side counts the event as delivered. */
async function knock(request: Request, door: string): Promise<Response> {
  const body = await request.text();
  const event: string = JSON.parse(body).id;
  const reference = orderOf.get(event) ?? "";
  const { method, headers, signal } = request;
  const { pathname } = new URL(request.url);
  try {
    const response = await fetch(`${door}${pathname}`, { method, headers, body, signal });
    if (response.ok) log?.swear({ atMs: atMs(), what: "acknowledged", reference, event });
    else refused(reference, event, `HTTP ${response.status}`);
    return response;
  } catch (thrown) {
    refused(reference, event, thrown instanceof Error ? thrown.message : String(thrown));
    throw thrown;
  }
}

function refused(reference: string, event: string, why: string): void {
  log?.write({ atMs: atMs(), what: "undelivered", reference, event, why });
}

function isStripe(simulator: Simulator): simulator is StripeSimulator {
  return simulator.provider === "stripe" && "webhooks" in simulator && "record" in simulator;
}
