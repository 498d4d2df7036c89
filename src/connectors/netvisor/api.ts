// Netvisor over HTTP: signed requests, and answers whose Status is read before anything else.
import { randomUUID } from "node:crypto";
import { z } from "zod";
import {
  type HttpRequest,
  type HttpResponse,
  type Send,
  statusError,
  unexpectedAnswer,
} from "../../connector-kit/http.ts";
import { failure } from "./failure.ts";
import { readXml } from "./read-xml.ts";
import { type Credentials, signedHeaders } from "./sign.ts";

export type Query = Readonly<Record<string, string>>;

export interface NetvisorApi {
  /** GET: changes nothing. `resource` is "customerlist.nv". */
  read<T>(resource: string, query: Query, answer: z.ZodType<T>): Promise<T>;
  /** POST: makes the change once; resolves to the key that Netvisor gave to the new record. */
  add(resource: string, query: Query, xml: string): Promise<string>;
  /** POST: makes the change once; Netvisor says no more than OK. */
  change(resource: string, query: Query, xml: string): Promise<void>;
}

/** One request at a time for a company: whoever calls this waits for each answer before the next. */
export function netvisorApi(
  host: string,
  credentials: Credentials,
  send: Send,
  now: () => Date,
): NetvisorApi {
  async function call<T>(
    method: "GET" | "POST",
    resource: string,
    query: Query,
    answer: z.ZodType<T>,
    xml?: string,
  ): Promise<T> {
    const url = exactUrl(`${host}/${resource}`, query);
    const transactionId = randomUUID().replaceAll("-", "");
    const headers = signedHeaders(url, credentials, now(), transactionId);
    const request: HttpRequest =
      xml === undefined
        ? { method, url, headers }
        : {
            method,
            url,
            headers: { ...headers, "Content-Type": "text/xml; charset=utf-8" },
            body: xml,
          };
    return readAnswer(await send(request), answer, secretsOf(credentials));
  }
  return {
    read: (resource, query, answer) => call("GET", resource, query, answer),
    add: async (resource, query, xml) => {
      const { replies } = await call("POST", resource, query, insertedAnswer, xml);
      return replies.inserteddataidentifier;
    },
    change: async (resource, query, xml) => {
      await call("POST", resource, query, z.looseObject({}), xml);
    },
  };
}

/** As it travels: a client that normalised it after signing (an apostrophe, say) would break the MAC. */
function exactUrl(base: string, query: Query): string {
  const pairs = Object.entries(query).map(([key, value]) => `${key}=${encodeURIComponent(value)}`);
  return new URL(pairs.length ? `${base}?${pairs.join("&")}` : base).href;
}

const secretsOf = ({ customerKey, partnerKey }: Credentials) => [customerKey, partnerKey];

export const netvisorKey = z.string().regex(/^\d{1,18}$/);

const insertedAnswer = z.object({ replies: z.object({ inserteddataidentifier: netvisorKey }) });

const status = z.string().max(10_000);
const envelope = z.object({
  root: z.looseObject({
    responsestatus: z.object({
      // A failure has two: FAILED, then "CODE :: text".
      status: z.union([status.transform((one) => [one]), z.array(status).min(1).max(5)]),
    }),
  }),
});

/** HTTP 200 means nothing here: the body's Status does. */
function readAnswer<T>(
  response: HttpResponse,
  answer: z.ZodType<T>,
  secrets: readonly string[],
): T {
  let content: unknown;
  let unreadable = "";
  try {
    content = readXml(response.body);
  } catch (thrown) {
    unreadable = thrown instanceof Error ? thrown.message : "it is not XML";
  }
  const parsed = envelope.safeParse(content);
  if (!parsed.success) {
    if (response.status >= 400) {
      throw statusError(response, `Netvisor answered HTTP ${response.status}.`);
    }
    throw unexpectedAnswer(response, unreadable || "it has no ResponseStatus");
  }
  const { root } = parsed.data;
  const [first, ...others] = root.responsestatus.status;
  if (first !== "OK") throw failure(others.join(" ") || (first ?? ""), response, secrets);
  if (response.status >= 400) {
    throw statusError(response, `Netvisor answered OK with HTTP ${response.status}.`);
  }
  const body = answer.safeParse(root);
  if (body.success) return body.data;
  const issue = body.error.issues[0];
  throw unexpectedAnswer(response, `${issue?.path.join(".")}: ${issue?.message}`);
}
