// Asks for an access token. Zoho says no with HTTP 200 as often as with 400: without an
// access_token it failed.
import { z } from "zod";
import { ActionError } from "../../connector-kit/action-error.ts";
import { type HttpResponse, statusError, unexpectedAnswer } from "../../connector-kit/http.ts";
import { type DataCentreName, dataCentreOf } from "./data-centres.ts";
import type { World } from "./token.ts";
import { jsonOf } from "./zoho-problem.ts";

/** A program that the shop has registered at Zoho. */
export interface Client {
  /** Base URL, without a trailing slash. */
  readonly accounts: string;
  readonly dataCentre: DataCentreName;
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface TokenRequest extends Client {
  readonly refreshToken: string;
}

export interface Granted {
  readonly token: string;
  readonly expiresAt: Date;
}

const grantedAnswer = z.object({
  // It becomes a header: visible ASCII only.
  access_token: z.string().regex(/^[\x21-\x7e]{1,2000}$/),
  expires_in: z.number().positive(),
  expires_in_sec: z.number().positive().optional(),
  api_domain: z.string().max(200).optional(),
});
const refusedAnswer = z.object({
  error: z.string().max(200),
  error_description: z.string().max(1000).optional(),
});

export async function requestToken(request: TokenRequest, world: World): Promise<Granted> {
  const { refreshToken } = request;
  const form = { grant_type: "refresh_token", refresh_token: refreshToken };
  const granted = await ask(request, form, grantedAnswer, world);
  return { token: granted.access_token, expiresAt: expiryOf(granted, world) };
}

const exchangedAnswer = z.object({
  refresh_token: z.string().regex(/^[\x21-\x7e]{1,500}$/),
  api_domain: z.string().max(200).optional(),
});

/** A grant code of a Self Client, good for three minutes and once, becomes a refresh token. */
export async function exchangeGrantCode(
  client: Client,
  code: string,
  world: World,
): Promise<string> {
  const form = { grant_type: "authorization_code", code };
  return (await ask(client, form, exchangedAnswer, world)).refresh_token;
}

async function ask<T extends { readonly api_domain?: string | undefined }>(
  client: Client,
  form: Readonly<Record<string, string>>,
  schema: z.ZodType<T>,
  world: World,
): Promise<T> {
  const { accounts, dataCentre, clientId, clientSecret } = client;
  const credentials = { client_id: clientId, client_secret: clientSecret };
  const response = await world.send({
    method: "POST",
    url: `${accounts}/oauth/v2/token`,
    headers: { "content-type": "application/x-www-form-urlencoded", accept: "application/json" },
    body: new URLSearchParams({ ...form, ...credentials }).toString(),
    // A token too many changes nothing for the shop.
    reads: true,
  });
  const json = jsonOf(response);
  const granted = schema.safeParse(json);
  if (!granted.success) throw refusalOf(response, json, dataCentre);
  const { api_domain } = granted.data;
  const home = api_domain === undefined ? undefined : dataCentreOf(api_domain);
  if (home !== undefined && home !== dataCentre) {
    throw refused(`The organisation lives in the data centre "${home}"`, dataCentre);
  }
  return granted.data;
}

function expiryOf(granted: z.output<typeof grantedAnswer>, world: World): Date {
  return new Date(world.now().getTime() + lifetimeMs(granted));
}

/** `expires_in` is in seconds today; old answers had it in ms, with `expires_in_sec` beside it. */
function lifetimeMs(answer: z.output<typeof grantedAnswer>): number {
  if (answer.expires_in_sec !== undefined) return answer.expires_in_sec * 1000;
  return answer.expires_in > 86_400 ? answer.expires_in : answer.expires_in * 1000;
}

function refusalOf(response: HttpResponse, json: unknown, dataCentre: string): ActionError {
  const said = refusedAnswer.safeParse(json);
  if (!said.success) {
    return response.status >= 400
      ? statusError(response, `Zoho's token service answered HTTP ${response.status}.`)
      : unexpectedAnswer(response, "it holds no access token");
  }
  const { error, error_description = "" } = said.data;
  if (error === "Access Denied" || /too many requests/i.test(error_description)) {
    return new ActionError("transient", "Zoho hands out no more access tokens for some minutes.", {
      cause: "provider.rate_limited",
      retryAfterMs: 120_000,
      status: response.status,
    });
  }
  const what =
    error === "invalid_code"
      ? "Zoho refuses the refresh token or grant code (invalid_code): it was revoked, used before, too old or of another data centre"
      : error === "invalid_client"
        ? "Zoho does not know the client id and secret (invalid_client)"
        : `Zoho refuses our credentials (${error.replace(/[^\w ]/g, "")})`;
  return refused(what, dataCentre);
}

/** Transient, because nothing happened and orders go on by themselves once the key is right. */
function refused(what: string, dataCentre: string): ActionError {
  return new ActionError("transient", `${what}. Check that dataCentre "${dataCentre}" is yours.`, {
    cause: "auth.refused",
    retryAfterMs: 300_000,
  });
}
