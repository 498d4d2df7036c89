// The official package, made to speak through `send`: one request at a time, no retries, no
// telemetry.
import Stripe from "stripe";
import {
  bodyText,
  type HttpResponse,
  type Send,
  statusError,
  unexpectedAnswer,
} from "../../connector-kit/http.ts";
import type { StripeAccess } from "./stripe-options.ts";

const timeoutMs = 20_000;

type HttpClient = Stripe.HttpClient;
type Answer = Awaited<ReturnType<HttpClient["makeRequest"]>>;

/** `account`: the connected account on whose behalf we read, if any. */
export function stripeClient(access: StripeAccess, send: Send, account?: string): Stripe {
  return new Stripe(access.secretKey, {
    apiVersion: Stripe.API_VERSION,
    httpClient: clientOver(send, access.apiBase),
    // The worker retries, with the ledger's patience; the package would retry some failures and not
    // others.
    maxNetworkRetries: 0,
    telemetry: false,
    timeout: timeoutMs,
    appInfo: { name: "Ordna" },
    ...(account === undefined ? {} : { stripeAccount: account }),
  });
}

function clientOver(send: Send, apiBase: string): HttpClient {
  return {
    getClientName: () => "ordna",
    makeRequest: async (_host, _port, path, method, headers, body, _protocol, timeout) => {
      const request = {
        method: methodOf(method),
        // The package's own host and port are not used: a base URL may hold a path as well.
        url: apiBase + path,
        headers: plainHeaders(headers),
        ...(body ? { body } : {}),
        reads: true,
      };
      return asAnswer(await within(timeout, send(request)));
    },
  };
}

/** We only read. */
function methodOf(method: string): "GET" {
  if (method === "GET") return method;
  throw new TypeError(`The Stripe connector only reads; it was about to ${method}.`);
}

// The package writes into these what it guesses of the machine and of who started us.
const withheld = new Set(["user-agent", "x-stripe-client-user-agent"]);
const userAgent = `Ordna (stripe-node ${Stripe.PACKAGE_VERSION})`;

function plainHeaders(headers: Readonly<Record<string, unknown>>): Record<string, string> {
  const entries = Object.entries(headers).filter(
    ([name, value]) => value != null && !withheld.has(name.toLowerCase()),
  );
  return {
    ...Object.fromEntries(entries.map(([name, value]) => [name, String(value)])),
    "User-Agent": userAgent,
  };
}

/** The package says "Invalid JSON" to every foreign page; the status says what it is about. */
function asAnswer(response: HttpResponse): Answer {
  const json = parsed(response);
  // The package would print a notice of Stripe's to stderr, past the log and what it leaves out.
  const { "stripe-notice": _notice, ...headers } = response.headers;
  return {
    getStatusCode: () => response.status,
    getHeaders: () => headers,
    // The package adds properties to it.
    getRawResponse: () => ({}),
    toStream: () => {
      throw new TypeError("The Stripe connector reads no streams.");
    },
    toJSON: async () => json,
  };
}

function parsed(response: HttpResponse): unknown {
  let json: unknown;
  try {
    json = JSON.parse(bodyText(response));
  } catch {
    json = undefined;
  }
  if (json !== null && typeof json === "object") return json;
  if (response.status < 400) throw unexpectedAnswer(response, "it is not JSON");
  throw statusError(response, `Stripe answered HTTP ${response.status} without saying why.`);
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(Stripe.HttpClient.makeTimeoutError()), ms);
  });
  return await Promise.race([work, timeout]).finally(() => clearTimeout(timer));
}
