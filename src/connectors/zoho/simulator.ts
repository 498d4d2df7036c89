// Zoho CRM v8 as a fetch handler: one organisation with Contacts and Deals, whatever the host.
import type { SimulatedRecord, Simulator, SimulatorKit } from "../../connector-kit/simulator.ts";
import { type Crm, problem, route } from "./simulated-crm.ts";
import { type OrganisationOptions, organisation } from "./simulated-metadata.ts";
import { oauth, simulatedSecrets } from "./simulated-oauth.ts";
import { type Store, type Stored, store as storeOf } from "./simulated-store.ts";

export interface ZohoSimulatorOptions extends OrganisationOptions {
  /** What the token answer calls the API host. */
  readonly apiDomain: string;
  /** Id of a product that was always there. */
  readonly otherProduct?: string | undefined;
  /** How long search does not see what was written; COQL always does. */
  readonly searchLagMs?: number | undefined;
}

const moods = {
  "token-killed": "Every access token handed out so far stops working; a new one is accepted.",
  "wrong-data-centre": "The API accepts no token at all, as when it is of another data centre.",
  limit: "Too many calls at once: 429.",
  "credits-spent": "The API credits of 24 hours are spent: 429.",
  "token-throttle": "The token endpoint answers Access Denied.",
  "token-revoked":
    "The refresh token is revoked: invalid_code with status 200, and no token works.",
  "no-coql-scope": "The refresh token was made without the scope for COQL.",
  "refuses-with-200": "A refused record is told with HTTP status 200.",
  "record-locked": "Every record is locked by somebody's process.",
  "takes-any-value": "Pick lists store any value, offered or not.",
  "search-lags": "Search shows nothing of the last ten minutes.",
  outage: "Everything answers 503 with a page of HTML.",
} as const;

export interface ZohoSimulator extends Simulator {
  /** What a person gets in the API console of a Self Client. */
  grantCode(): string;
}

export function zohoSimulator(kit: SimulatorKit, options: ZohoSimulatorOptions): ZohoSimulator {
  const tokens = oauth(kit, options.apiDomain);
  const on = new Set<string>();
  const crm: Crm = {
    kit,
    store: storeOf(kit, options.otherProduct),
    organisation: organisation(options),
    searchLagMs: options.searchLagMs ?? 0,
    moods: on,
  };

  async function fetch(request: Request): Promise<Response> {
    if (on.has("outage")) {
      const html = "<html><body><h1>Service temporarily unavailable</h1></body></html>";
      return new Response(html, { status: 503, headers: { "content-type": "text/html" } });
    }
    const url = new URL(request.url);
    if (request.method === "POST" && url.pathname.endsWith("/oauth/v2/token")) {
      const form = new URLSearchParams([
        ...url.searchParams,
        ...new URLSearchParams(await request.text()),
      ]);
      return tokens.answer(form, on);
    }
    const header = request.headers.get("authorization");
    if (!header) return problem(401, "AUTHENTICATION_FAILURE", "Authentication failed");
    const token = /^Zoho-oauthtoken (\S+)$/.exec(header)?.[1] ?? "";
    if (on.has("wrong-data-centre") || !tokens.isAlive(token)) {
      return problem(401, "INVALID_TOKEN", "invalid oauth token");
    }
    if (on.has("limit")) return tooMany(concurrency);
    if (on.has("credits-spent")) return tooMany(`${credits} or ${lower(concurrency)}`);
    return route(crm, request, url);
  }

  return {
    provider: "zoho",
    secrets: simulatedSecrets,
    maxServerMs: 1_000,
    maxLagMs: 0,
    fetch,
    records: () => recordsOf(crm.store, options),
    grantCode: tokens.grantCode,
    moods,
    setMood: (name, isOn) => {
      if (isOn) on.add(name);
      else on.delete(name);
      if ((name === "token-killed" || name === "token-revoked") && isOn) tokens.killAll();
    },
  };
}

function recordsOf(store: Store, options: ZohoSimulatorOptions): readonly SimulatedRecord[] {
  const under = (field: string | undefined) => (stored: Stored) =>
    String(stored.fields[field ?? ""] ?? "");
  const kinds = [
    ["contact", "Contacts", () => ""],
    ["deal", "Deals", under(options.orderField)],
    ["note", "Notes", () => ""],
    ["product", "Products", () => ""],
    ["sales-order", "Sales_Orders", under(options.salesOrderField)],
  ] as const;
  return kinds.flatMap(([kind, module, referenceOf]) =>
    store.all(module).map((stored) => asRecord(kind, stored, referenceOf(stored))),
  );
}

function asRecord(kind: string, stored: Stored, reference: string): SimulatedRecord {
  const { id, fields, trigger } = stored;
  return { kind, id, reference, fields: { ...fields, $trigger: trigger } };
}

const concurrency = "The concurrency limit of the user for the app is exceeded";
const credits = "Number of API requests for the 24 hour period is exceeded";
const lower = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
const tooMany = (message: string) => problem(429, "TOO_MANY_REQUESTS", message);
