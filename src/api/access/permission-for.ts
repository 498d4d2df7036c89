// What each address asks of its visitor. What no rule names: looking is "read", everything else is "decide".
import type { Permission } from "./visitor.ts";

interface Rule {
  readonly method?: "GET" | "change";
  readonly path: RegExp;
  /** "anybody": also who has not logged in; "somebody": whoever has. */
  readonly needs: Permission | "anybody" | "somebody";
}

const rules: readonly Rule[] = [
  { path: /^\/session\/(reveal)$/, needs: "tech" },
  { path: /^\/session$/, needs: "anybody" },
  { path: /^\/(session\/accept|oidc\/\w+)$/, needs: "anybody" },
  { path: /^\/account(\/|$)/, needs: "somebody" },
  { path: /^\/(people|invitations|welcome|keys|customers|backup)(\/|$)/, needs: "manage" },
  { method: "change", path: /^\/books(\/|$)/, needs: "money" },
  { path: /^\/hooks(\/|$)/, needs: "tech" },
  { path: /^\/decisions(\/|$)/, needs: "log" },
  { path: /^\/causes\//, needs: "tech" },
  { path: /^\/colleagues$/, needs: "decide" },
  { path: /^\/orders\/[^/]+\/files\//, needs: "personal" },
  { path: /^\/labels\/(pdf|zpl)$/, needs: "personal" },
  { path: /^\/invoices\/[^/]+\/[^/]+\/[^/]+$/, needs: "personal" },
  { method: "change", path: /^\/(events|backfill|audit)(\/|$)/, needs: "tech" },
  { method: "change", path: /^\/sandbox(\/|$)/, needs: "tech" },
  { path: /^\/sandbox\/(mails|records)/, needs: "personal" },
  { method: "GET", path: /^\/.*\.(csv|pdf|zpl)$/, needs: "personal" },
];

export function permissionFor(method: string, path: string): Rule["needs"] {
  const isLooking = method === "GET" || method === "HEAD";
  const rule = rules.find(
    (r) => r.path.test(path) && (r.method === undefined || (r.method === "GET") === isLooking),
  );
  return rule?.needs ?? (isLooking ? "read" : "decide");
}

/** What a visitor of some stores may use: addresses that name an order, and lists whose rows name their store. */
export const isStoreAware = (path: string) =>
  /^\/(orders|inbox|counts|labels|invoices|reports|events|decisions|status|pipelines|stream|session|account|openapi\.json|docs)(\/|$)/.test(
    path,
  );
