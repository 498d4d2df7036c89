// Figures for Prometheus. What the ledger knows is read from it when it is asked for, so that every process says the same.
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Database } from "../ledger/database/database.ts";
import { type VitalSigns, vitalSigns } from "../ledger/vital-signs.ts";

export interface Metrics {
  /** In the text format of Prometheus. */
  read(db: Database): Promise<string>;
  readonly contentType: string;
  heardWebhook(provider: string, status: number, seconds: number): void;
  triedHook(seconds: number, outcome: string): void;
}

/** A scrape may cost a look over all attempts: not more often than this. */
const freshMs = 10_000;

export function metrics(now: () => number = Date.now): Metrics {
  const registers = [new Registry()];
  const [register = new Registry()] = registers;
  collectDefaultMetrics({ register });
  const gauges = ledgerGauges(registers);
  const webhooks = new Histogram({
    name: "ordna_webhook_seconds",
    help: "How long a provider waited for the answer to its webhook",
    labelNames: ["provider", "status"],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  });
  const hooks = new Histogram({
    name: "ordna_hook_seconds",
    help: "How long other programs took to answer what they were told",
    labelNames: ["outcome"],
    registers,
  });
  let readAt = Number.NEGATIVE_INFINITY;
  return {
    contentType: register.contentType,
    async read(db) {
      if (now() - readAt > freshMs) {
        gauges.show(await vitalSigns(db));
        readAt = now();
      }
      return register.metrics();
    },
    heardWebhook: (provider, status, seconds) =>
      webhooks.observe({ provider, status: String(status) }, seconds),
    triedHook: (seconds, outcome) => hooks.observe({ outcome }, seconds),
  };
}

function ledgerGauges(registers: Registry[]) {
  const gauge = (name: string, help: string, labelNames: string[]) =>
    new Gauge({ name, help, labelNames, registers });
  const orders = gauge("ordna_orders", "Orders", ["store", "state"]);
  const steps = gauge("ordna_steps", "Steps", ["provider", "state"]);
  const attempts = new Counter({
    name: "ordna_attempts_total",
    help: "Attempts at providers, by how they ended",
    labelNames: ["provider", "verdict"],
    registers,
  });
  const breakers = gauge("ordna_breaker_open", "1: calls to the account are held back", [
    "account",
  ]);
  const messages = gauge("ordna_hook_messages", "Messages to other programs", ["state"]);
  const oldestDue = gauge("ordna_oldest_due_seconds", "Since when the oldest due work waits", []);
  return {
    show(signs: VitalSigns): void {
      for (const one of [orders, steps, breakers, messages]) one.reset();
      attempts.reset();
      for (const { store, state, n } of signs.orders) orders.set({ store, state }, n);
      for (const { provider, state, n } of signs.steps) steps.set({ provider, state }, n);
      for (const { provider, outcome, n } of signs.attempts)
        attempts.inc({ provider, verdict: outcome }, n);
      for (const { account, state } of signs.breakers)
        breakers.set({ account }, state === "closed" ? 0 : 1);
      for (const { state, n } of signs.hookMessages) messages.set({ state }, n);
      oldestDue.set(signs.oldestDueS);
    },
  };
}
