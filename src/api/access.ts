// The wall around page and API: nobody from another site, and everybody only to where they may.
import type { Context, MiddlewareHandler } from "hono";
import type { Database } from "../ledger/database/database.ts";
import { recordDecision } from "../ledger/decisions/record-decision.ts";
import { storeOf } from "../ledger/store-of.ts";
import { findVisitor } from "./access/find-visitor.ts";
import { masked, withoutPhones } from "./access/mask.ts";
import { isStoreAware, permissionFor } from "./access/permission-for.ts";
import { newSecret } from "./access/secret.ts";
import { may, type Permission, type Visitor, visitorOf } from "./access/visitor.ts";
import { refuse } from "./refuse.ts";

export interface Access {
  /** What the terminal shows. Undefined: everything is simulated and only loopback is served. */
  readonly key: string | undefined;
  /** People reach the page over https, if only through a proxy. */
  readonly isSecure: boolean;
}

interface Wall {
  readonly db: Database;
  readonly access: Access;
}

const strangersWord =
  "Log in, open the link that Ordna printed at start, or send the key as a Bearer token.";

/** For the API: each address asks for its own permission. */
export function guard(wall: Wall): MiddlewareHandler {
  return async (c, next) => {
    const path = new URL(c.req.url).pathname.replace(/^\/api/, "") || "/";
    const needs = permissionFor(c.req.method, path);
    const refusal = await letIn(c, wall, needs);
    if (refusal) return refusal;
    const visitor = visitorOf(c);
    if (visitor) {
      const outside = await refuseStore(c, wall.db, visitor, path);
      if (outside) return outside;
    }
    await next();
    if (visitor) c.res = await forEyesOf(visitor, c, wall.db);
    return undefined;
  };
}

/** For what stands beside the API: the queue board, metrics. */
export function guardFor(wall: Wall, permission: Permission): MiddlewareHandler {
  return async (c, next) => (await letIn(c, wall, permission)) ?? (await next());
}

async function letIn(
  c: Context,
  { db, access }: Wall,
  needs: ReturnType<typeof permissionFor>,
): Promise<Response | undefined> {
  if (!isSameSite(c)) return refuse(c, 403, "Not from another site.");
  const visitor = await findVisitor(c, db, access);
  if (visitor) c.set("visitor", visitor);
  if (needs === "anybody") return undefined;
  if (!visitor) return refuse(c, 401, strangersWord);
  if (needs === "somebody" || may(visitor, needs)) return undefined;
  return refuse(c, 403, `Your role does not allow this: it needs "${needs}". Ask an owner.`);
}

/** An order of another store is not there, for who may not see that store. */
async function refuseStore(c: Context, db: Database, visitor: Visitor, path: string) {
  if (visitor.stores === null) return undefined;
  const reference = /^\/orders\/([A-Z0-9]{10,20})(\/|$)/.exec(path)?.[1];
  if (reference !== undefined) {
    const store = await storeOf(db, reference);
    const isOwn = store !== undefined && visitor.stores.includes(store);
    return isOwn ? undefined : refuse(c, 404, "There is no such order.");
  }
  if (isStoreAware(path)) return undefined;
  return refuse(c, 403, "You may see some stores only, and this shows all of them.");
}

/** What the visitor may not see is taken out of the answer. */
async function forEyesOf(visitor: Visitor, c: Context, db: Database): Promise<Response> {
  const { res } = c;
  if (!(res.headers.get("content-type") ?? "").startsWith("application/json")) return res;
  const isMasking = !may(visitor, "personal");
  const isReveal = visitor.isRevealing && !visitor.permissions.includes("personal");
  if (isReveal && res.ok) await recordLook(db, visitor, c);
  // Who keeps the books calls nobody.
  const hidesPhones = visitor.role === "finance";
  if ((!isMasking && !hidesPhones && visitor.stores === null) || !res.ok || isOwnBusiness(c))
    return res;
  let body: unknown = await res.json();
  if (visitor.stores !== null) body = ofStores(body, visitor.stores);
  if (isMasking) body = masked(body);
  else if (hidesPhones) body = withoutPhones(body);
  return new Response(JSON.stringify(body), { status: res.status, headers: res.headers });
}

/** About the visitor, or about the API itself: nothing of a customer. */
const isOwnBusiness = (c: Context) =>
  /^\/api\/(session|account|keys|people|invitations|hooks|openapi\.json)/.test(c.req.path);

/** Rows that name another store fall out of lists. */
function ofStores(value: unknown, stores: readonly string[]): unknown {
  if (Array.isArray(value)) {
    return value.filter((row) => !namesOther(row, stores)).map((row) => ofStores(row, stores));
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, ofStores(inner, stores)]),
  );
}

const namesOther = (row: unknown, stores: readonly string[]) =>
  typeof row === "object" &&
  row !== null &&
  "store" in row &&
  typeof row.store === "string" &&
  !stores.includes(row.store);

async function recordLook(db: Database, visitor: Visitor, c: Context): Promise<void> {
  const reference = /^\/api\/orders\/([A-Z0-9]{10,20})(\/|$)/.exec(c.req.path)?.[1];
  if (isOwnBusiness(c)) return;
  await db.transaction((tx) =>
    recordDecision(tx, {
      key: newSecret(),
      what: "personal.look",
      actor: visitor.actor,
      reference,
      after: { path: c.req.path },
    }),
  );
}

/** A page elsewhere must not be able to act here with the visitor's cookie, or from the visitor's machine. */
function isSameSite(c: Context): boolean {
  // The issuer sends people back; state and PKCE say that they left from here.
  if (c.req.path === "/api/oidc/callback") return true;
  const site = c.req.header("sec-fetch-site");
  if (site !== undefined && site !== "same-origin" && site !== "none") return false;
  const origin = c.req.header("origin");
  return (
    origin === undefined || (URL.canParse(origin) && new URL(origin).host === c.req.header("host"))
  );
}
