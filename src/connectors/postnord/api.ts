// PostNord over HTTP. The key travels in the query, so no URL may ever stand in an error.
import { ActionError } from "../../connector-kit/action-error.ts";
import type { Wiring } from "../../connector-kit/connector.ts";
import {
  bodyText,
  type HttpRequest,
  type HttpResponse,
  type Send,
  unexpectedAnswer,
} from "../../connector-kit/http.ts";
import type { Booking } from "../../connector-kit/roles.ts";
import { readBooking } from "./booking-answer.ts";
import { refusal } from "./failure.ts";
import { readLabel } from "./label-answer.ts";
import type { PostnordLocale } from "./postnord-options.ts";
import type { Recipient } from "./recipient.ts";
import { readNearest, type ServicePoint } from "./service-point.ts";
import { readFound } from "./tracking.ts";

export type Account = Pick<Wiring, "hosts" | "secrets">;

/** Makes a shipment. Asked twice, it makes two: there is no idempotency key and no cancelling. */
export async function bookShipment(
  account: Account,
  instruction: { readonly shipment: readonly Booked[] },
  locale: PostnordLocale,
  send: Send,
): Promise<Booking> {
  const request = post(account, "/rest/shipment/v3/edi", { locale }, instruction);
  const response = await ask(send, request, "Booking");
  const [shipment] = instruction.shipment;
  const reference = shipment?.references[0]?.referenceNo ?? "";
  return readBooking(response, shipment?.service.basicServiceCode ?? "", reference);
}

interface Booked {
  readonly service: { readonly basicServiceCode: string };
  readonly references: readonly { readonly referenceNo: string }[];
}

/** Prints a label that was booked; changes nothing. */
export async function printLabel(
  account: Account,
  id: string,
  locale: PostnordLocale,
  send: Send,
): Promise<Uint8Array | "not-found"> {
  // The default page is an A4 sheet, and the default language is Swedish.
  const query = { paperSize: "LABEL", locale };
  const request = post(account, "/rest/shipment/v3/labels/ids/pdf", query, [{ id }]);
  return readLabel(await ask(send, { ...request, reads: true }, "Label"), id);
}

export async function findByReference(
  account: Account,
  customerNumber: string,
  reference: string,
  send: Send,
): Promise<readonly Booking[]> {
  const who = `customernumber/${encodeURIComponent(customerNumber)}`;
  const what = `reference/${encodeURIComponent(reference)}`;
  const path = `/rest/shipment/v7/trackandtrace/${who}/${what}/public`;
  return readFound(await ask(send, get(account, path, { locale: "en" }), "Tracking"), reference);
}

export async function nearestServicePoint(
  account: Account,
  { country, postalCode, city }: Recipient,
  agreementCountry: string,
  send: Send,
): Promise<ServicePoint | undefined> {
  const path = "/rest/businesslocation/v5/servicepoints/nearest/byaddress";
  const request = get(account, path, {
    returnType: "json",
    countryCode: country,
    postalCode,
    city,
    agreementCountry,
    numberOfServicePoints: "5",
    context: "optionalservicepoint",
  });
  return readNearest(await ask(send, request, "Service Points"));
}

/** Also proves the key: booking belongs to the same product. */
export async function isCustomerNumber(
  account: Account,
  customerNumber: string,
  countryCode: string,
  send: Send,
): Promise<boolean> {
  const path = "/rest/shipment/v1/validate/customernumber";
  const request = get(account, path, { customerNumber, countryCode });
  const response = await ask(send, request, "Booking");
  // A bare word under a JSON content type.
  const word = bodyText(response).replaceAll('"', "").trim();
  if (word === "VALID" || word === "INVALID") return word === "VALID";
  throw unexpectedAnswer(response, "neither VALID nor INVALID");
}

async function ask(send: Send, request: HttpRequest, product: string): Promise<HttpResponse> {
  const response = await send(request);
  if (response.status === 200 || response.status === 201) return response;
  throw refusal(response, product);
}

type Query = Readonly<Record<string, string>>;

function get(account: Account, path: string, query: Query): HttpRequest {
  const headers = { accept: "application/json" };
  return { method: "GET", url: urlOf(account, path, query), headers };
}

function post(account: Account, path: string, query: Query, body: unknown): HttpRequest {
  return {
    method: "POST",
    url: urlOf(account, path, query),
    headers: { accept: "application/json", "content-type": "application/json" },
    body: JSON.stringify(body),
  };
}

function urlOf({ hosts, secrets }: Account, path: string, query: Query): string {
  if (!hosts.api || !secrets.apiKey) {
    throw new ActionError("transient", "PostNord's API key is not set.", { cause: "auth.refused" });
  }
  return `${hosts.api}${path}?${new URLSearchParams({ apikey: secrets.apiKey, ...query })}`;
}
