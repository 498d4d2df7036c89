// What the rest of the house asks of the ledger. Times are durations: the ledger alone reads the database's clock.
import type { CauseCode } from "../connector-kit/cause.ts";
import type { Alert, PaymentEvent, Refund } from "../connector-kit/roles.ts";
import type { FactChange } from "../order/amend-order.ts";
import type { Order } from "../order/order.ts";
import type { StepStanding } from "../pipeline/plan.ts";
import type { Gates } from "./gates/gates.ts";

export interface ReceivedEvent {
  readonly source: "stripe";
  readonly store: string;
  /** Absent when the body was signed but cannot be read: it is quarantined under its digest. */
  readonly event: PaymentEvent | undefined;
  readonly whyUnreadable?: string | undefined;
  readonly body: Uint8Array;
  /** Steps that its order goes without, should this event open it. */
  readonly leaveOut?: readonly string[] | undefined;
}

export interface EventRecord {
  readonly subject: string;
  readonly store: string;
  readonly event: PaymentEvent;
  readonly disposition: "received" | "opened" | "joined" | "ignored" | "quarantined";
  readonly tries: number;
}

export interface NewStep {
  readonly name: string;
  readonly needs: readonly string[];
  readonly action: string;
  readonly provider: string;
  readonly account: string;
  readonly settleMs: number;
}

export interface NewRun {
  readonly trigger: string;
  readonly steps: readonly NewStep[];
}

export interface StepRecord extends StepStanding {
  readonly run: string;
  /** The step of the configuration that it does, when that has another name: it does it once more. */
  readonly definition?: string | undefined;
  readonly provider: string;
  readonly fence: number;
  readonly tries: number;
  /** An attempt may have had its effect: one that is remembered, or one from before the ledger was restored. */
  readonly inDoubt: boolean;
  /** For how long it has failed; undefined when its last attempt did not. */
  readonly failingMs: number | undefined;
  /** Its account is ill, or was a moment ago: even without limits a call must pass its gate. */
  readonly isMinded: boolean;
  readonly inputDigest: string | undefined;
  /** Present when done. */
  readonly output: unknown;
  readonly cause: string | undefined;
  readonly message: string | undefined;
  readonly field: string | undefined;
  readonly changedAt: Date;
  /** Facts that hold for its run alone. */
  readonly changes?: readonly FactChange[] | undefined;
}

export interface OrderRecord {
  /** Of its facts: another one when they may have changed. */
  readonly version?: string | undefined;
  /** The facts with what people amended. */
  readonly order: Order;
  readonly state: "open" | "attention" | "done" | "cancelled";
  /** Begins nothing more: what was begun is only brought to its end. What a person asks for afterwards is begun. */
  readonly isStopped: boolean;
  readonly fileKey: string;
  readonly createdAt: Date;
  readonly doneAt: Date | undefined;
  readonly steps: readonly StepRecord[];
}

/** An order right after a change of it; undefined where it has to be read. */
export interface Changed {
  readonly order?: OrderRecord | undefined;
}

export interface OpenedOrder extends Changed {
  readonly isNew: boolean;
  /** Of an order that is new: it is due, and hidden as if whoever opened it had taken it. */
  readonly wake?: Wake | undefined;
}

/** The right to attempt one step, until the lease ends. */
export interface Claim {
  readonly reference: string;
  readonly run: string;
  readonly name: string;
  readonly fence: number;
  /** An earlier attempt may have had its effect: look before repeating. */
  readonly isRepeat: boolean;
  /** Transient failures before this attempt. */
  readonly tries: number;
}

export interface ClaimRequest {
  readonly reference: string;
  readonly run: string;
  readonly name: string;
  readonly owner: string;
  readonly leaseMs: number;
  readonly inputDigest: string;
}

export interface Trouble {
  readonly cause: CauseCode;
  readonly message: string;
  readonly status?: number | undefined;
  readonly field?: string | undefined;
}

/** How a claimed attempt ended. */
export type Ending =
  | {
      readonly kind: "done";
      readonly output: unknown;
      readonly via: "response" | "look-up";
      readonly external: { readonly id: string; readonly isShared: boolean };
    }
  /** Nothing happened in this attempt. `wasAbsent`: a look said that no earlier one had an effect either. */
  | {
      readonly kind: "retry";
      readonly trouble: Trouble;
      readonly delayMs: number;
      readonly wasAbsent: boolean;
      readonly isParked: boolean;
    }
  | { readonly kind: "unknown"; readonly trouble: Trouble; readonly delayMs: number }
  | {
      readonly kind: "attention";
      readonly trouble: Trouble;
      /** It may have happened and nobody can look. */
      readonly isInDoubt: boolean;
      readonly wasAbsent: boolean;
      /** However soon a person says "try again", nobody looks before this has passed. */
      readonly delayMs?: number;
      readonly alert: Alert;
      readonly store: string;
    };

/** A wake-up that was taken from the due index. */
export interface Wake {
  readonly subject: string;
  readonly wakes: number;
}

export interface DueIndex {
  /** Takes what is due, soonest first; each reappears after `hiddenMs` unless settled. */
  take(limit: number, hiddenMs: number): Promise<readonly Wake[]>;
  /** Done with it: look again in so many ms, or (undefined) never, unless it was woken meanwhile. */
  settle(wake: Wake, lookAgainInMs: number | undefined): Promise<void>;
  /** Still at work on these: each reappears after `hiddenMs` from now. */
  keep(wakes: readonly Wake[], hiddenMs: number): Promise<void>;
  /** How long until something is due, negative when it is overdue; undefined when nothing is. */
  nextInMs(): Promise<number | undefined>;
  wake(subject: string, inMs?: number): Promise<void>;
  /** Calls `heard` when something may have become due in any process. Resolves to a stop function. */
  onNews(heard: () => void): Promise<() => Promise<void>>;
}

export interface AlertRecord {
  readonly id: string;
  readonly store: string;
  readonly reference: string | undefined;
  readonly alert: Alert;
  readonly wasBegun: boolean;
  readonly isEnded: boolean;
  readonly tries: number;
  /** It says that an earlier alert is over; how that one ended, if it has. */
  readonly closes?: { readonly outcome: AlertOutcome | undefined } | undefined;
}

/** How it ended, in words. */
export type Over = Pick<Alert, "title" | "lines">;

export type AlertOutcome = "sent" | "perhaps sent" | "refused";

/** What a store tells its people at the moment. */
export interface AlertTraffic {
  /** Subjects of alerts that nobody has begun to send, oldest first; those that close another are not among them. */
  readonly waiting: readonly string[];
  /** How long ago each message of the last minute was sent or changed, ms, newest first. */
  readonly sentAgoMs: readonly number[];
}

/** One of the alerts that a message tells. */
export interface ToldAlert {
  readonly reference: string | undefined;
  readonly alert: Alert;
  /** What says that it is over, and the subject of that. */
  readonly over?: { readonly subject: string; readonly alert: Alert } | undefined;
}

export interface Ledger {
  readonly due: DueIndex;
  readonly gates: Gates;
  /** Only for who holds the ledger alone: what processes before us had taken or leased is free again. */
  takeOver(): Promise<void>;
  /** One transaction; when it resolves, the event is on disk. */
  recordEvent(received: ReceivedEvent): Promise<{ isFresh: boolean; subject: string }>;
  loadEvent(subject: string): Promise<EventRecord | undefined>;
  /**
   * Opens the order, or joins the event to the one that its payment already opened. It opens stopped when its payment
   * was refunded, by `refund` or by what was recorded before.
   */
  openOrder(
    subject: string,
    order: Order,
    run: NewRun,
    refund?: Refund | undefined,
  ): Promise<OpenedOrder>;
  /** Keeps what went back to the buyer, stops the order if all of it did, and tells people. */
  recordRefund(subject: string, refund: Refund): Promise<void>;
  ignoreEvent(subject: string, reason: string): Promise<void>;
  quarantineEvent(subject: string, reason: string, alert: Alert): Promise<void>;
  countEventTry(subject: string, reason: string): Promise<void>;
  /** A person says: read it again. False when it is not quarantined, or is no event that anybody could read. */
  readAgain(subject: string): Promise<boolean>;
  /** Whoever read it before says so, and is spared the facts that have not changed. */
  loadOrder(reference: string, known?: OrderRecord): Promise<OrderRecord | undefined>;
  /** Marks steps ready whose needs are met: the second line behind `finish`. */
  unblock(reference: string): Promise<number>;
  claim(request: ClaimRequest): Promise<Claim | undefined>;
  /**
   * Undefined when the fence was lost: somebody else owns the step now, and nothing was written. Rejects with RecordTaken
   * when the provider's record serves another step already. `known`: as whoever asks has read the order.
   */
  finish(claim: Claim, ending: Ending, known?: OrderRecord): Promise<Changed | undefined>;
  /** A step that cannot even begin, or that its owner left and nobody can repeat. */
  refuse(
    step: {
      readonly reference: string;
      readonly run: string;
      readonly name: string;
      readonly store: string;
    },
    trouble: Trouble,
    alert: Alert,
  ): Promise<void>;
  /** Once for each `dedupe`. With `answers`: only when one of those was raised, and as an answer to it. */
  raiseAlert(
    dedupe: string,
    store: string,
    reference: string | undefined,
    alert: Alert,
    answers?: readonly string[],
  ): Promise<void>;
  /** Those of these alerts that were raised, and not refused, are over; told once each. */
  closeAlerts(dedupes: readonly string[], over: Over): Promise<void>;
  loadAlert(subject: string): Promise<AlertRecord | undefined>;
  alertTraffic(store: string): Promise<AlertTraffic>;
  /** The alerts that one message told, oldest first. */
  loadMessage(store: string, messageId: string): Promise<readonly ToldAlert[]>;
  /** False when somebody else began or ended it. */
  beginAlert(subject: string): Promise<boolean>;
  endAlert(subject: string, outcome: AlertOutcome, detail: string): Promise<void>;
  countAlertTry(subject: string, error: string): Promise<void>;
  /** A person says: try again. False when the step does not wait for a person. */
  retry(reference: string, name: string): Promise<boolean>;
}
