// What the API is built on: everything that it may ask and do.
import type { Context, Hono } from "hono";
import type { Document, StoredFile } from "../connector-kit/action.ts";
import type { FoundPayment, PaidQuery } from "../connector-kit/roles.ts";
import type { AuditPlace } from "../ledger/audit-ledger.ts";
import type { LedgerCopy } from "../ledger/backup/embedded-copy.ts";
import type { Database } from "../ledger/database/database.ts";
import type { Wish } from "../ledger/decisions/decide.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { Desk } from "../operator/desk.ts";
import type { OidcSettings } from "./access/oidc.ts";
import type { Access } from "./access.ts";
import type { Metrics } from "./metrics.ts";

export interface AppOptions {
  readonly db: Database;
  readonly ledger: Ledger;
  readonly door: (request: Request, store: string) => Promise<Response>;
  /** Where a mail provider tells what became of e-mails. */
  readonly mailDoor?: (request: Request, store: string) => Promise<Response>;
  readonly access: Access;
  /** What /api/status says about this installation. */
  readonly about: About;
  /** The document that a step kept. */
  /** Who asks, for the mark on what they did. */
  readonly whoAsks?: (c: Context) => string;
  readonly openFile: (reference: string, step: string) => Promise<KeptFile | undefined>;
  /** A document of the shop's own books, from what is kept of it; undefined when it has no such form. */
  readonly renderDocument?: (
    content: unknown,
    format: "pdf" | "ubl" | "cii",
  ) => Promise<Document | undefined>;
  readonly kick: () => void;
  /** What the configuration says happens to a store's orders. */
  readonly pipelinesOf?: Desk["pipelinesOf"];
  /** What went wrong although the caller was only told that something did. */
  readonly onError?: (error: unknown) => void;
  /** Compares what was paid with the ledger, and enters what is missing if wished. */
  readonly backfill?: (
    wish: PaidQuery & {
      readonly isEntering: boolean;
      readonly leaveOut?: { readonly steps: readonly string[]; readonly before: Date } | undefined;
    },
  ) => Promise<readonly Found[]>;
  /** Looks once more for what was ever in doubt, a page at a time. */
  readonly audit?: (wish: AuditWish) => Promise<Audited>;
  /** Copies the embedded ledger to a folder of its own. */
  readonly copyLedger?: (() => Promise<LedgerCopy & { readonly folder: string }>) | undefined;
  /** What is known of customers, and how it is forgotten. */
  readonly customers?: Customers;
  /** Mounted below /api/sandbox when providers are simulated. */
  readonly sandbox?: Hono | undefined;
  /** Where people reach it: links begin with it. */
  readonly publicUrl?: string;
  /** Hooks may lead to this machine: nothing here is real. */
  readonly mayHooksStayInside?: boolean;
  /** The e-mails to customers, filled with an order that nobody made. */
  readonly letters?: Letters;
  readonly metrics?: Metrics;
  readonly oidc?: OidcSettings | undefined;
  /** Requests of one visitor in a minute. */
  readonly mostAMinute?: number;
  /** bull-board, when Redis is in use. */
  readonly queues?: Hono | undefined;
}

interface Letters {
  readonly templates: readonly string[];
  readonly languages: readonly string[];
  /** As HTML; undefined when there is no such e-mail. */
  preview(template: string, language: string): string | undefined;
}

interface Customers {
  export(email: string): Promise<{ readonly orders: readonly object[] }>;
  /** Without a wish it is only shown what would be erased. */
  erase(email: string, wish?: Wish): Promise<readonly object[]>;
  /** When and why the document of a step was removed. */
  removal(
    reference: string,
    step: string,
  ): Promise<{ readonly at: Date; readonly why: string } | undefined>;
}

export interface Found {
  readonly store: string;
  readonly payment: FoundPayment;
  readonly state: "known" | "missing" | "entered";
  readonly leftOut: readonly string[];
}

interface AuditWish {
  readonly withinMs: number;
  readonly after?: AuditPlace | undefined;
}

interface Audited {
  readonly findings: readonly object[];
  readonly next: AuditPlace | undefined;
}

export interface KeptFile {
  readonly file: StoredFile;
  readonly bytes: Uint8Array;
}

export interface About {
  readonly version: string;
  readonly database: string;
  readonly queue: string;
  readonly providers: readonly {
    readonly store: string;
    readonly role: string;
    readonly provider: string;
    readonly isSimulated: boolean;
  }[];
  /** The provider accounts, each once. */
  readonly accounts?: readonly {
    readonly account: string;
    readonly provider: string;
    readonly stores: string[];
    readonly roles: string[];
    readonly isSimulated: boolean;
    readonly limits: { readonly concurrent?: number; readonly perSecond?: number };
    /** When the present keys were first seen here. */
    readonly keySince?: string | null;
  }[];
  readonly stores?: readonly {
    readonly store: string;
    readonly shopName: string;
    readonly timeZone: string;
    readonly country: string;
    readonly vatNumber: string | null;
    readonly isInOss: boolean;
    readonly webhook: string;
  }[];
  /** In days. */
  readonly retention?: {
    readonly letters: number;
    readonly labels: number;
    readonly customers: number;
    readonly invoices: number;
  };
  /** What waits for what, as it is configured. */
  readonly pipelines?: readonly {
    readonly store: string;
    readonly trigger: string;
    readonly steps: readonly {
      readonly name: string;
      readonly provider: string;
      readonly needs: readonly string[];
      /** How it is tried again when an answer is lost. */
      readonly repeat: string;
      readonly deadlineMs: number;
    }[];
  }[];
}
