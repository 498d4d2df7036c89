// What anybody may ask of a ledger, as data: so that two ledgers can be asked the same and compared.
import fc from "fast-check";

export const hourMs = 3600_000;

const order = fc.nat(2);
const step = fc.constantFrom("book", "label", "mail");
const event = fc.nat(4);
/** At once, or so far away that the seconds a test takes do not matter. */
const hours = fc.constantFrom(0, 1, 2);
const nth = fc.nat(30);

const ending = fc.oneof(
  fc.record({
    kind: fc.constant("done" as const),
    record: fc.nat(5),
    isShared: fc.boolean(),
    via: fc.constantFrom("response" as const, "look-up" as const),
  }),
  fc.record({
    kind: fc.constant("retry" as const),
    hours,
    wasAbsent: fc.boolean(),
    isParked: fc.boolean(),
  }),
  fc.record({ kind: fc.constant("unknown" as const), hours }),
  fc.record({
    kind: fc.constant("attention" as const),
    isInDoubt: fc.boolean(),
    wasAbsent: fc.boolean(),
  }),
);
export type EndingCommand = typeof ending extends fc.Arbitrary<infer T> ? T : never;

const often = [
  fc.record({ ask: fc.constant("record" as const), event }),
  fc.record({ ask: fc.constant("open" as const), event }),
  fc.record({
    ask: fc.constant("claim" as const),
    order,
    step,
    hours,
    digest: fc.constantFrom("one", "one", "one", "other"),
  }),
  fc.record({ ask: fc.constant("finish latest" as const), ending }),
  fc.record({ ask: fc.constant("retry" as const), order, step }),
  fc.record({ ask: fc.constant("pass" as const), hours: fc.integer({ min: 1, max: 3 }) }),
];
const seldom = [
  fc.record({ ask: fc.constant("finish" as const), nth, ending }),
  fc.record({ ask: fc.constant("refuse" as const), order, step }),
  fc.record({ ask: fc.constant("unblock" as const), order }),
  fc.record({ ask: fc.constant("take" as const), hours }),
  fc.record({
    ask: fc.constant("settle" as const),
    nth,
    hours: fc.option(hours, { nil: undefined }),
  }),
  fc.record({ ask: fc.constant("wake" as const), order, hours }),
  fc.record({ ask: fc.constant("take over" as const) }),
  fc.record({ ask: fc.constant("record unreadable" as const), body: fc.nat(1) }),
  fc.record({ ask: fc.constant("ignore" as const), event }),
  fc.record({ ask: fc.constant("quarantine" as const), event }),
  fc.record({ ask: fc.constant("count event try" as const), event }),
  fc.record({ ask: fc.constant("raise alert" as const), dedupe: fc.nat(2), order }),
  fc.record({ ask: fc.constant("begin alert" as const), alert: fc.integer({ min: 1, max: 8 }) }),
  fc.record({
    ask: fc.constant("end alert" as const),
    alert: fc.integer({ min: 1, max: 8 }),
    outcome: fc.constantFrom("sent" as const, "perhaps sent" as const, "refused" as const),
  }),
  fc.record({
    ask: fc.constant("count alert try" as const),
    alert: fc.integer({ min: 1, max: 8 }),
  }),
];

const command = fc.oneof(
  ...often.map((arbitrary) => ({ arbitrary, weight: 6 })),
  ...seldom.map((arbitrary) => ({ arbitrary, weight: 1 })),
);
export type LedgerCommand = typeof command extends fc.Arbitrary<infer T> ? T : never;

/** Most histories begin with orders that are open: else little happens to their steps. */
export const history: fc.Arbitrary<LedgerCommand[]> = fc
  .tuple(fc.boolean(), fc.array(command, { minLength: 10, maxLength: 60 }))
  .map(([isFresh, commands]) => [...(isFresh ? [] : threeOpenOrders), ...commands]);

const threeOpenOrders: readonly LedgerCommand[] = [0, 1, 2].flatMap((event) => [
  { ask: "record" as const, event },
  { ask: "open" as const, event },
]);
