// Everything that the worker touches, handed in: so that a test can hold the clock and a simulation can own them all.
import type { Document, StoredFile } from "../connector-kit/action.ts";
import type { Send } from "../connector-kit/http.ts";
import type { Alerts, Mail, Payments } from "../connector-kit/roles.ts";
import type { StaffLanguage } from "../language/staff-words.ts";
import { longestWaitMs } from "../ledger/gates/gates.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { Pipeline } from "../pipeline/pipeline.ts";
import type { Clock } from "./clock.ts";

/** A shop, wired to its providers. */
export interface Store {
  readonly name: string;
  readonly payments: Payments;
  readonly alerts: Alerts;
  /** Alerts by e-mail beside `alerts`; absent: none. */
  readonly staffMail?: (StaffMail & StaffMailing) | undefined;
  readonly pipelines: readonly Pipeline[];
  /** Keeps a document of an order under a key made of `folder`, and opens it again. */
  keep(folder: string, document: Document, send: Send): Promise<StoredFile>;
  open(file: StoredFile, send: Send): Promise<Uint8Array>;
  readonly filesAccount: string;
  /** A page for a person about this order; undefined when there is none. */
  linkTo(reference: string): string | undefined;
}

/** Whom a shop tells by e-mail, and when not. */
export interface StaffMail {
  readonly receivers: readonly { readonly email: string; readonly language: StaffLanguage }[];
  /** By the shop's wall, e.g. from "21:00" until "07:00": what happens meanwhile is told after it. */
  readonly quiet?: { readonly from: string; readonly until: string };
  /** On Mondays, how the week went. Default: true. */
  readonly digest?: boolean;
}

export interface StaffMailing {
  readonly send: Mail["send"];
  readonly shopName: string;
  readonly timeZone: string;
  /** Where people read what waits. */
  readonly inboxUrl: string;
}

/** Who waits in line is woken when it is its turn. */
export const inLineMs = longestWaitMs;

/** What a store has begun, or was told, waits for it, should the configuration forget it for a while: look again so much later. */
export const storeGoneMs = 600_000;

export interface World {
  readonly ledger: Ledger;
  readonly stores: ReadonlyMap<string, Store>;
  readonly clock: Clock;
  /** 0 <= random() < 1 */
  readonly random: () => number;
  /** Names this process in leases. */
  readonly owner: string;
  /** The way out to a provider account, usable until the time is used up. */
  sendUntil(account: string, msLeft: () => number): Send;
  readonly onStep?: (notice: StepNotice) => void;
}

/** For the terminal and the page: what just happened. */
export interface StepNotice {
  readonly reference: string;
  readonly step: string;
  readonly outcome: string;
  readonly message?: string | undefined;
}
