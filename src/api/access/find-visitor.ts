// Finds who asks: by the key of the terminal, a program's key, or a session.
import type { Context } from "hono";
import { isLoopbackHost } from "../../connector-kit/reachable-host.ts";
import { findApiKey } from "../../ledger/access/api-keys.ts";
import { findSession } from "../../ledger/access/sessions.ts";
import type { Queryable } from "../../ledger/database/database.ts";
import type { Access } from "../access.ts";
import { sessionHash } from "./cookie.ts";
import { hashOf, isSame } from "./secret.ts";
import { ofRole, type Permission, permissions, type Visitor } from "./visitor.ts";

export const keyBeginning = "ordna_";

export async function findVisitor(
  c: Context,
  db: Queryable,
  access: Access,
): Promise<Visitor | undefined> {
  const { key, isSecure } = access;
  const bearer = /^Bearer (.+)$/.exec(c.req.header("authorization") ?? "")?.[1];
  if (bearer !== undefined) {
    if (bearer.startsWith(keyBeginning)) return ofApiKey(db, bearer);
    if (key !== undefined) return isSame(bearer, key) ? terminal : undefined;
  }
  const session = sessionHash(c, isSecure);
  if (session) {
    const visitor = await ofSession(db, session);
    if (visitor) return visitor;
  }
  // Everything is simulated: whoever is on this machine may try everything.
  const isOpen = key === undefined && isLoopbackHost(new URL(c.req.url).hostname);
  return isOpen ? sandboxVisitor : undefined;
}

const terminal: Visitor = {
  actor: { name: "terminal", origin: "terminal" },
  permissions,
  stores: null,
  id: "terminal",
  role: "owner",
};

const sandboxVisitor: Visitor = {
  actor: { name: "sandbox", origin: "page" },
  permissions,
  stores: null,
  id: "sandbox",
  role: "owner",
};

async function ofApiKey(db: Queryable, bearer: string): Promise<Visitor | undefined> {
  const found = await findApiKey(db, hashOf(bearer));
  if (!found) return undefined;
  return {
    actor: { name: `key ${found.name}`, origin: "api" },
    permissions: permissions.filter((permission) => found.scopes.includes(permission)),
    stores: found.stores,
    id: `key ${found.id}`,
  };
}

async function ofSession(db: Queryable, session: string): Promise<Visitor | undefined> {
  const found = await findSession(db, session);
  if (!found) return undefined;
  const { id, name, email, role, stores } = found.person;
  const granted: readonly Permission[] = ofRole[role];
  return {
    actor: { name: email ?? name, origin: "page" },
    permissions: granted,
    stores,
    id: `person ${id}`,
    person: id,
    role,
    session,
    isRevealing: found.isRevealing && granted.includes("tech"),
  };
}
