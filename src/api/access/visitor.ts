// Who asks, and what they may.
import type { Context } from "hono";
import type { Role } from "../../ledger/access/people.ts";
import type { Actor } from "../../ledger/decisions/record-decision.ts";

export const permissions = [
  "read",
  // Names, addresses, e-mails, telephone numbers, and the documents that hold them.
  "personal",
  "decide",
  "money",
  "tech",
  "log",
  "manage",
] as const;
export type Permission = (typeof permissions)[number];

export const ofRole: Readonly<Record<Role, readonly Permission[]>> = {
  viewer: ["read"],
  manager: ["read", "personal", "decide", "log"],
  finance: ["read", "personal", "money", "log"],
  developer: ["read", "tech", "log"],
  owner: permissions,
};

export interface Visitor {
  readonly actor: Actor;
  readonly permissions: readonly Permission[];
  /** Null: every store. */
  readonly stores: readonly string[] | null;
  /** By which limits are counted. */
  readonly id: string;
  readonly person?: number | undefined;
  readonly role?: Role | undefined;
  readonly session?: string | undefined;
  /** A developer sees personal data for a while, and each look is written down. */
  readonly isRevealing?: boolean | undefined;
}

declare module "hono" {
  interface ContextVariableMap {
    visitor: Visitor;
  }
}

export const visitorOf = (c: Context): Visitor => c.get("visitor");

/** Of which stores the visitor may know; null: of all. */
export const storesOf = (c: Context) => visitorOf(c)?.stores ?? null;

export const may = (visitor: Visitor, permission: Permission) =>
  visitor.permissions.includes(permission) || (permission === "personal" && !!visitor.isRevealing);
