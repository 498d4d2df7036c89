// Who was lost, left half done or served twice: told by the witness's log alone.
import type { Entry } from "./witness-log.ts";

type Of<What extends Entry["what"]> = Extract<Entry, { what: What }>;
type Held = Of<"holds">;

export interface Offender {
  readonly reference: string;
  readonly what: "lost" | "half done" | "twice" | "not delivered";
  readonly why: string;
}

export interface Verdict {
  readonly orders: number;
  /** Every effect is there, once. */
  readonly complete: number;
  /** Acknowledged, and nothing came of it. */
  readonly lost: number;
  /** Something came of it, and not everything; whatever waits for a person is here, too. */
  readonly halfDone: number;
  /** Effects beyond the first of a kind. */
  readonly duplicates: number;
  /** Stripe never heard 2xx, and nothing came of it. */
  readonly undelivered: number;
  readonly offenders: readonly Offender[];
}

const kinds = [
  "contact",
  "deal",
  "row",
  "shipment",
  "customer",
  "invoice",
  "payment",
  "message",
] as const;

export function judge(log: readonly Entry[]): Verdict {
  const records = recordsOf(log);
  const acknowledged = new Set(
    log.flatMap((entry) => (entry.what === "acknowledged" ? [entry.reference] : [])),
  );
  const paid = log.filter((entry): entry is Of<"paid"> => entry.what === "paid");
  const judged = paid.map((order) => {
    const held = [...(records.get(order.reference) ?? []), ...(records.get(order.email) ?? [])];
    return judgeOrder(order, held, acknowledged.has(order.reference));
  });
  const offenders = judged.flatMap((one) => one.offenders);
  const count = (what: Offender["what"]) => offenders.filter((one) => one.what === what).length;
  return {
    orders: paid.length,
    complete: judged.filter((one) => one.offenders.length === 0).length,
    lost: count("lost"),
    halfDone: count("half done"),
    duplicates: judged.reduce((sum, one) => sum + one.surplus, 0),
    undelivered: count("not delivered"),
    offenders,
  };
}

/** The newest state of every record, by what it says about whose it is. */
function recordsOf(log: readonly Entry[]): Map<string, Held[]> {
  const newest = new Map<string, Held>();
  for (const entry of log) {
    if (entry.what !== "holds") continue;
    newest.set(`${entry.provider}/${entry.kind}/${entry.id}`, entry);
  }
  const records = new Map<string, Held[]>();
  for (const held of newest.values()) {
    const owner = held.reference || held.email;
    records.set(owner, [...(records.get(owner) ?? []), held]);
  }
  return records;
}

function judgeOrder(order: Of<"paid">, held: readonly Held[], isAcknowledged: boolean) {
  const { reference, isFree } = order;
  const of = (kind: string) => held.filter((record) => record.kind === kind);
  const owed = kinds.filter((kind) => !(kind === "payment" && isFree));
  const missing = [...owed.filter((kind) => of(kind).length === 0), ...unknowing(of)];
  const twice = kinds.filter((kind) => of(kind).length > 1);
  const offenders: Offender[] = twice.map((kind) => ({
    reference,
    what: "twice",
    why: `${of(kind).length} times ${kind}: ${of(kind)
      .map(({ id }) => id)
      .join(", ")}`,
  }));
  if (missing.length > 0) {
    const nothing = isAcknowledged ? "lost" : "not delivered";
    const what = held.length === 0 ? nothing : "half done";
    offenders.push({ reference, what, why: `no ${missing.join(", no ")}` });
  }
  return { offenders, surplus: twice.reduce((sum, kind) => sum + of(kind).length - 1, 0) };
}

/** Deal and production row have to learn of parcel and invoice; of which one, if there are two, is no second fault. */
function unknowing(of: (kind: string) => readonly Held[]): string[] {
  const parcels = of("shipment").map(({ id }) => id);
  const numbers = of("invoice").map(({ text }) => text);
  if (parcels.length === 0 || numbers.length === 0) return [];
  return ["deal", "row"].flatMap((kind) =>
    of(kind).flatMap(({ text }) => [
      ...(parcels.some((id) => text.includes(id)) ? [] : [`parcel in the ${kind}`]),
      ...(numbers.some((number) => text.includes(number)) ? [] : [`invoice number in the ${kind}`]),
    ]),
  );
}
