// A shop wired to a simulated Zoho on a clock that stands still, for tests.
import { callTo } from "../../connector-kit/conformance.ts";
import type { TokenStore, Wiring } from "../../connector-kit/connector.ts";
import { secret } from "../../connector-kit/connector.ts";
import { memoryKit, type Simulator } from "../../connector-kit/simulator.ts";
import { zoho } from "./connector.ts";
import type { ZohoOptions } from "./options.ts";
import { type ZohoSimulator, type ZohoSimulatorOptions, zohoSimulator } from "./simulator.ts";

export const noon = new Date("2026-11-23T12:00:00Z");

export const required: ZohoOptions = {
  clientId: secret("ZOHO_CLIENT_ID"),
  clientSecret: secret("ZOHO_CLIENT_SECRET"),
  refreshToken: secret("ZOHO_REFRESH_TOKEN"),
  homeCurrency: "EUR",
};

export interface Rig extends ReturnType<ReturnType<typeof zoho>["connect"]> {
  readonly simulator: ZohoSimulator;
  readonly connector: ReturnType<typeof zoho>;
  readonly wiring: Wiring;
  readonly call: ReturnType<typeof callTo>;
  /** Every request so far: "POST /crm/v8/Deals/upsert". */
  readonly requests: readonly string[];
  /** Sends to the simulator with a good token, past the connector. */
  direct(method: string, path: string, body?: unknown): Promise<Response>;
}

export async function rig(
  options: Partial<ZohoOptions> = {},
  organisation: Partial<ZohoSimulatorOptions> = {},
): Promise<Rig> {
  const connector = zoho({ ...required, ...options });
  const requests: string[] = [];
  const simulator = zohoSimulator(
    memoryKit(() => noon),
    {
      apiDomain: connector.hosts.api ?? "",
      orderField: "External_Order_ID",
      stages: [],
      isMultiCurrency: options.multiCurrency ?? false,
      otherProduct: options.salesOrders?.otherProduct,
      salesOrderField: options.salesOrders?.orderField ?? "External_Order_ID",
      textFields: Object.values(options.fields ?? {}).filter((name) => name !== undefined),
      ...organisation,
    },
  );
  const watched: ZohoSimulator = {
    ...simulator,
    fetch: (request) => {
      requests.push(`${request.method} ${new URL(request.url).pathname}`);
      return simulator.fetch(request);
    },
  };
  const wiring: Wiring = {
    hosts: connector.hosts,
    secrets: simulator.secrets,
    connection: { ...connector.connection, provider: "zoho", simulated: true },
    tokens: memoryTokens(),
  };
  const direct = await directAccess(simulator);
  const call = callTo(watched);
  return {
    ...connector.connect(wiring),
    ...{ simulator: watched, connector, wiring, call, requests, direct },
  };
}

/** As another program of the shop would: with an access token of its own. */
async function directAccess(simulator: Simulator): Promise<Rig["direct"]> {
  const { clientId = "", clientSecret = "", refreshToken = "" } = simulator.secrets;
  const answer = await simulator.fetch(
    new Request("https://accounts.zoho.eu/oauth/v2/token", {
      method: "POST",
      body: new URLSearchParams({
        grant_type: "refresh_token",
        client_id: clientId,
        client_secret: clientSecret,
        refresh_token: refreshToken,
      }),
    }),
  );
  const granted: unknown = await answer.json();
  const token = granted && typeof granted === "object" && "access_token" in granted;
  const authorization = `Zoho-oauthtoken ${token ? granted.access_token : ""}`;
  return (method, path, body) => {
    const init = body === undefined ? {} : { body: JSON.stringify(body) };
    const url = `https://www.zohoapis.eu/crm/v8/${path}`;
    return simulator.fetch(new Request(url, { method, headers: { authorization }, ...init }));
  };
}

export function memoryTokens(): TokenStore {
  const held = new Map<string, { value: string; expiresAt: Date; version: number }>();
  return {
    read: async (name) => held.get(name),
    write: async (name, value, expiresAt, version) => {
      if ((held.get(name)?.version ?? 0) !== version) return false;
      held.set(name, { value, expiresAt, version: version + 1 });
      return true;
    },
  };
}

/** What the provider holds of one kind. */
export function held(simulator: Simulator, kind: "contact" | "deal" | "note" | "sales-order") {
  return simulator.records().filter((record) => record.kind === kind);
}
