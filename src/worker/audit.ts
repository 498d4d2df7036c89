// Every night: what was ever in doubt is looked for once more, at the provider itself. Windows are promises of providers;
// this finds whoever broke one.
import { asActionError } from "../connector-kit/attempt.ts";
import {
  type AuditLedger,
  type AuditPlace,
  auditPageSize,
  type DoubtfulEffect,
} from "../ledger/audit-ledger.ts";
import { type Errand, errandFor, outputsOf } from "./errand.ts";
import type { Round } from "./round.ts";
import { sendBetweenOrders } from "./send-between-orders.ts";
import { tellTwice } from "./tell-twice.ts";
import { tellUnseen } from "./tell-unseen.ts";
import type { World } from "./world.ts";

export interface AuditFinding {
  readonly store: string;
  readonly reference: string;
  readonly step: string;
  /** The record that the ledger knows. */
  readonly kept: string;
  /** "unseen": the look does not show what the provider once confirmed. "unasked": nobody could look now. */
  readonly state: "once" | "twice" | "unseen" | "unasked";
  /** What else the provider holds for the same change. */
  readonly others: readonly string[];
  /** Why nobody could look. */
  readonly why?: string | undefined;
  /** Whether asking later may help. */
  readonly isPassing?: boolean | undefined;
}

export interface AuditPage {
  readonly findings: readonly AuditFinding[];
  /** Undefined after the last page. */
  readonly next: AuditPlace | undefined;
}

const hourMs = 3600_000;
const dayMs = 24 * hourMs;
const subject = "audit/nightly";
const memory = "audit:begun";
/** What one night did not show, another one will: each doubt is looked at three times. */
const overlapMs = 3 * dayMs;
const retryMs = hourMs / 2;

/** Looks at one page of what was in doubt within so many ms, and tells people what is there more than once. */
export async function auditPage(
  world: World,
  ledger: AuditLedger,
  { withinMs, after }: { readonly withinMs: number; readonly after?: AuditPlace | undefined },
  signal?: AbortSignal,
): Promise<AuditPage> {
  const effects = await ledger.doubtfulEffects(withinMs, after);
  const findings: AuditFinding[] = [];
  for (const effect of effects) findings.push(...(await auditOne(world, effect, signal)));
  const last = effects.length === auditPageSize ? effects.at(-1) : undefined;
  return { findings, next: last && { run: last.run, step: last.step } };
}

/** Empty for steps that nobody can or need look for. */
async function auditOne(
  world: World,
  effect: DoubtfulEffect,
  signal: AbortSignal | undefined,
): Promise<AuditFinding[]> {
  const { store, reference, step, externalId } = effect;
  const about = { store, reference, step, kept: externalId, others: [] };
  const errand = await errandOf(world, effect);
  if (!errand) {
    return [{ ...about, state: "unasked", why: "The configuration has no such step any more." }];
  }
  const { provider } = errand.step.connection;
  let found: readonly string[] | undefined;
  try {
    found = await look(errand, signal);
  } catch (thrown) {
    const { verdict, message } = asActionError(thrown);
    return [{ ...about, state: "unasked", why: message, isPassing: verdict !== "permanent" }];
  }
  if (!found) return [];
  if (found.length === 0) {
    await tellUnseen(world, effect, provider);
    return [{ ...about, state: "unseen" }];
  }
  const others = withoutOne(found, externalId);
  if (others.length === 0) return [{ ...about, state: "once" }];
  await tellTwice(world, { ...about, provider, others });
  return [{ ...about, state: "twice", others }];
}

/** A provider may hold two records under one id: an e-mail that it took twice. */
function withoutOne(found: readonly string[], kept: string): readonly string[] {
  const at = found.indexOf(kept);
  return at < 0 ? found : found.toSpliced(at, 1);
}

async function errandOf(world: World, effect: DoubtfulEffect): Promise<Errand | undefined> {
  const order = await world.ledger.loadOrder(effect.reference);
  const store = world.stores.get(effect.store);
  const record = order?.steps.find(({ run, name }) => run === effect.run && name === effect.step);
  return order && store && record ? errandFor(world, store, order, record) : undefined;
}

async function look(errand: Errand, signal: AbortSignal | undefined) {
  const { world, order, record, step } = errand;
  const { find } = step.prepare(order.order, outputsOf(order, record.run));
  const { reference } = order.order;
  const keepsNothing = () => Promise.reject(new Error("A look keeps and opens nothing."));
  return find?.({
    reference,
    key: `${reference}-${record.name}`,
    send: sendBetweenOrders(world, step.connection, "audit", signal),
    keep: keepsNothing,
    open: keepsNothing,
    now: () => world.clock.now(),
  });
}

/** One audit a night, for all stores and by one process. */
export function auditor(world: World, ledger: AuditLedger): Round {
  const stopping = new AbortController();
  const now = () => world.clock.now().getTime();
  return {
    async begin() {
      const begun = await ledger.recall(memory);
      if (begun === undefined) await ledger.remember(memory, String(now()));
      const isOverdue = now() - Number(begun ?? now()) > dayMs + hourMs;
      await world.ledger.due.wake(subject, isOverdue ? retryMs : untilNightMs(now()));
    },
    isFor: (asked) => asked === subject,
    async handle() {
      const begunAt = now();
      const before = Number((await ledger.recall(memory)) ?? begunAt);
      const withinMs = overlapMs + Math.max(0, begunAt - before);
      let after: AuditPlace | undefined;
      let isWhole = true;
      do {
        const page = await auditPage(world, ledger, { withinMs, after }, stopping.signal);
        isWhole &&= !page.findings.some(({ isPassing }) => isPassing);
        after = page.next;
      } while (after && isWhole);
      if (!isWhole) return retryMs;
      await ledger.remember(memory, String(begunAt));
      return untilNightMs(now());
    },
    stop: () => stopping.abort(),
  };
}

/** One o'clock in UTC: night wherever the shops are. Never now. */
export function untilNightMs(now: number): number {
  const night = Math.floor(now / dayMs) * dayMs + hourMs;
  return night > now ? night - now : night + dayMs - now;
}
