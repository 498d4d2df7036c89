// What anybody may ask of a ledger, as data: so that two ledgers can be asked the same and compared.
import fc from "fast-check";

export const hourMs = 3600_000;

/** What fell due a moment ago is due now, in the one ledger as in the other. */
export const inHours = (ms: number) => Math.round(ms / hourMs) + 0;

/** Mostly the same order and the same step: what is interesting happens to those that were touched before. */
const order = fc.constantFrom(0, 0, 0, 0, 1, 2);
const step = fc.constantFrom("book", "book", "book", "label", "mail");
const event = fc.nat(4);
const alert = fc.constantFrom(1, 1, 2, 3);
/** At once, or so far away that the seconds a test takes do not matter. */
const hours = fc.constantFrom(0, 1, 2);
/** What a call says of its provider. */
const signal = fc.constantFrom(
  "nothing" as const,
  "good" as const,
  "bad" as const,
  "refused" as const,
  "throttled" as const,
);
export type SignalCommand = typeof signal extends fc.Arbitrary<infer T> ? T : never;
/** Counted from the latest. */
const nth = fc.constantFrom(0, 1, 1, 2, 3, 8);

const done = fc.record({
  kind: fc.constant("done" as const),
  record: fc.nat(2),
  isShared: fc.boolean(),
  via: fc.constantFrom("response" as const, "look-up" as const),
});
const notDone = fc.oneof(
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
/** What is done is done: a history with much of it ends early. */
const ending = fc.oneof({ arbitrary: done, weight: 1 }, { arbitrary: notDone, weight: 5 });
export type EndingCommand = typeof ending extends fc.Arbitrary<infer T> ? T : never;

const often = [
  fc.record({
    ask: fc.constant("claim" as const),
    order,
    step,
    hours,
    digest: fc.constantFrom("one", "one", "one", "other"),
  }),
  fc.record({ ask: fc.constant("finish" as const), nth: fc.constantFrom(0, 0, 0, 1, 2), ending }),
  fc.record({ ask: fc.constant("retry" as const), order, step }),
  fc.record({ ask: fc.constant("pass" as const), hours: fc.integer({ min: 1, max: 3 }) }),
];
const sometimes = [
  fc.record({ ask: fc.constant("refuse" as const), order, step }),
  fc.record({
    ask: fc.constant("record" as const),
    event,
    leaveOut: fc.constantFrom<readonly string[]>([], [], ["mail"], ["label", "mail"], ["book"]),
  }),
  fc.record({
    ask: fc.constant("open" as const),
    event,
    isRefunded: fc.constantFrom(false, false, false, true),
  }),
  fc.record({ ask: fc.constant("take" as const), hours }),
  fc.record({
    ask: fc.constant("settle" as const),
    nth,
    hours: fc.option(hours, { nil: undefined }),
  }),
  fc.record({ ask: fc.constant("keep" as const), nth, hours }),
  fc.record({ ask: fc.constant("wake" as const), order, hours }),
  fc.record({
    ask: fc.constant("raise alert" as const),
    dedupe: fc.nat(2),
    order,
    answers: fc.option(fc.array(fc.nat(2), { maxLength: 2 }), { nil: undefined, freq: 2 }),
  }),
  fc.record({
    ask: fc.constant("enter" as const),
    order,
    step,
    isLimited: fc.boolean(),
    exclusive: fc.option(fc.constantFrom("a", "b"), { nil: undefined, freq: 2 }),
    hours,
  }),
  fc.record({ ask: fc.constant("leave" as const), nth, signal }),
  fc.record({ ask: fc.constant("begin alert" as const), alert }),
  fc.record({
    ask: fc.constant("end alert" as const),
    alert,
    outcome: fc.constantFrom("sent" as const, "perhaps sent" as const, "refused" as const),
  }),
];
const seldom = [
  fc.record({ ask: fc.constant("hear" as const), signal, count: fc.constantFrom(1, 4, 5) }),
  fc.record({ ask: fc.constant("take slot" as const), nth }),
  fc.record({ ask: fc.constant("tend" as const), isLimited: fc.boolean() }),
  fc.record({ ask: fc.constant("probe soon" as const), isOfAll: fc.boolean() }),
  fc.record({ ask: fc.constant("unblock" as const), order }),
  fc.record({ ask: fc.constant("take over" as const) }),
  fc.record({ ask: fc.constant("record unreadable" as const), body: fc.nat(1) }),
  fc.record({ ask: fc.constant("ignore" as const), event }),
  fc.record({ ask: fc.constant("quarantine" as const), event }),
  fc.record({ ask: fc.constant("read again" as const), event }),
  fc.record({
    ask: fc.constant("refund" as const),
    event,
    order,
    percent: fc.constantFrom(0, 40, 100, 100),
    hasFailed: fc.constantFrom(false, false, false, true),
  }),
  fc.record({ ask: fc.constant("count event try" as const), event }),
  fc.record({ ask: fc.constant("count alert try" as const), alert }),
];

const command = fc.oneof(
  ...often.map((arbitrary) => ({ arbitrary, weight: 9 })),
  ...sometimes.map((arbitrary) => ({ arbitrary, weight: 3 })),
  ...seldom.map((arbitrary) => ({ arbitrary, weight: 1 })),
);
export type LedgerCommand = typeof command extends fc.Arbitrary<infer T> ? T : never;

/** Most histories begin with orders that are open: else little happens to their steps. */
export const history: fc.Arbitrary<LedgerCommand[]> = fc
  .tuple(fc.nat(9), fc.array(command, { minLength: 20, maxLength: 60 }))
  .map(([chance, commands]) => [...(chance === 0 ? [] : threeOpenOrders), ...commands]);

const threeOpenOrders: readonly LedgerCommand[] = [0, 1, 2].flatMap((event) => [
  { ask: "record" as const, event, leaveOut: [] },
  { ask: "open" as const, event, isRefunded: false },
]);

const claim = (order: 0 | 1 | 2): LedgerCommand => {
  return { ask: "claim", order, step: "book", hours: 0, digest: "one" };
};
const finishDone = (nth: 0 | 1, isShared: boolean): LedgerCommand => {
  return { ask: "finish", nth, ending: { kind: "done", record: 1, isShared, via: "response" } };
};
const refuse: LedgerCommand = { ask: "refuse", order: 0, step: "book" };
const retry: LedgerCommand = { ask: "retry", order: 0, step: "book" };
const unknown: LedgerCommand = { ask: "finish", nth: 0, ending: { kind: "unknown", hours: 2 } };
const pass: LedgerCommand = { ask: "pass", hours: 3 };

const enter = (order: 0 | 1 | 2, exclusive?: "a"): LedgerCommand => {
  return { ask: "enter", order, step: "book", isLimited: true, exclusive, hours: 1 };
};
const leave = (signal: SignalCommand): LedgerCommand => ({ ask: "leave", nth: 0, signal });
const outage: LedgerCommand = { ask: "hear", signal: "bad", count: 5 };
const wait = (hours: number): LedgerCommand => ({ ask: "pass", hours });
const tend: LedgerCommand = { ask: "tend", isLimited: true };
const refund = (event: number, hasFailed = false): LedgerCommand[] => [
  { ask: "record", event, leaveOut: [] },
  { ask: "refund", event, order: 0, percent: 100, hasFailed },
];
const absent: LedgerCommand = {
  ask: "finish",
  nth: 0,
  ending: { kind: "retry", hours: 0, wasAbsent: true, isParked: false },
};

const cornersOfThree: LedgerCommand[][] = [
  // Who waits is called when somebody leaves, and may then be claimed.
  [enter(0), enter(1), enter(2), claim(0), finishDone(0, true), leave("good"), enter(1), claim(1)],
  // An outage parks, a week asks a person, and a doubt stays a doubt.
  [outage, enter(0), pass, tend, enter(0), claim(0), unknown, leave("bad"), enter(0), enter(1)],
  [outage, enter(0), wait(170), enter(0), enter(1), tend],
  [claim(0), wait(4), outage, enter(0), pass, tend, enter(0), leave("good"), tend],
  // Twins take turns.
  [enter(0, "a"), enter(1, "a"), enter(2), leave("nothing"), enter(1, "a")],
  // Who is called and does not come is passed over, and forgotten in the end.
  [enter(0), enter(1), enter(2), pass, tend, pass, tend, pass, tend, pass, tend, pass, tend],
  // Who lost the step writes nothing, and its heir does.
  [claim(0), pass, claim(0), finishDone(1, false), finishDone(0, false)],
  // A retry by hand does not shorten the settle window.
  [claim(0), unknown, refuse, retry, claim(0), pass, claim(0)],
  // A record may serve several orders when it is shared by its nature, and only then.
  [claim(0), finishDone(0, true), claim(1), finishDone(0, true), claim(2), finishDone(0, false)],
  [claim(0), finishDone(0, false), claim(1), finishDone(0, true), claim(2), finishDone(0, false)],
  // What is running when the money goes back is settled first; what follows it is skipped.
  [claim(0), ...refund(3), refuse, retry, unknown, pass, claim(0), absent, retry],
  [claim(0), ...refund(3), finishDone(0, false), ...refund(4, true)],
  [claim(0), unknown, ...refund(3), refuse, retry, pass, claim(0), finishDone(0, false)],
  [refuse, ...refund(3), retry],
];

const openWithout = (event: 0 | 1 | 2, leaveOut: string[]): LedgerCommand[] => [
  { ask: "record", event, leaveOut },
  { ask: "record", event, leaveOut: [] },
  { ask: "open", event, isRefunded: false },
];

/** Corners that chance seldom finds. */
export const corners: [LedgerCommand[]][] = [
  ...cornersOfThree.map((commands) => [...threeOpenOrders, ...commands]),
  // The refund comes before its order.
  [...refund(3), ...threeOpenOrders, retry, claim(0)],
  // What another step needs is not left out, and an order goes on without the rest.
  [
    ...openWithout(0, ["mail"]),
    ...openWithout(1, ["label", "mail"]),
    ...openWithout(2, ["book", "gone"]),
    claim(0),
    finishDone(0, true),
    claim(1),
    finishDone(0, true),
  ],
].map((commands) => [commands]);
