// PostNord over HTTP. The key travels in the query, so no URL may ever stand in an error.
import { z } from "zod";
import { ActionError } from "../../connector-kit/action-error.ts";
import type { Wiring } from "../../connector-kit/connector.ts";
import {
  bodyText,
  type HttpRequest,
  type HttpResponse,
  readJson,
  type Send,
  unexpectedAnswer,
} from "../../connector-kit/http.ts";
import type { Booking } from "../../connector-kit/roles.ts";
import { readBooking } from "./booking-answer.ts";
import type { EdiInstruction } from "./edi-instruction.ts";
import { refusal } from "./failure.ts";
import { readLabels } from "./label-answer.ts";
import type { LabelFormat } from "./label-format.ts";
import { markOf } from "./own-reference.ts";
import type { PaperSize, PostnordLocale } from "./postnord-options.ts";
import type { Recipient } from "./recipient.ts";
import { readNearest, type ServicePoint } from "./service-point.ts";
import { readFound, type Wanted } from "./tracking.ts";

export type Account = Pick<Wiring, "hosts" | "secrets">;

/** Makes a shipment. Asked twice, it makes two: there is no idempotency key and no cancelling. */
export async function bookShipment(
  account: Account,
  path: "edi" | "returns/edi",
  instruction: EdiInstruction,
  send: Send,
): Promise<Booking> {
  const query = { locale: instruction.language };
  const request = post(account, `/rest/shipment/v3/${path}`, query, instruction);
  const response = await ask(send, request, "Booking");
  const [shipment] = instruction.shipment;
  return readBooking(response, {
    service: shipment?.service.basicServiceCode ?? "",
    mark: shipment?.references[0]?.referenceNo ?? "",
    parcels: shipment?.numberOfPackages.value ?? 0,
  });
}

export interface Printing {
  readonly format: LabelFormat;
  readonly paperSize: PaperSize;
  readonly locale: PostnordLocale;
}

/** Prints the labels of parcels that were booked, in one file; changes nothing. */
export async function printLabels(
  account: Account,
  ids: readonly string[],
  { format, paperSize, locale }: Printing,
  send: Send,
): Promise<Uint8Array | "not-found"> {
  const query =
    format === "pdf"
      ? { paperSize, locale, ...(ids.length > 1 ? { multiPDF: "true" } : {}) }
      : { locale, ...(ids.length > 1 ? { multiZPL: "true" } : {}) };
  const body = ids.map((id) => ({ id }));
  const request = post(account, `/rest/shipment/v3/labels/ids/${format}`, query, body);
  return readLabels(await ask(send, { ...request, reads: true }, "Label"), ids, format);
}

export async function findBookings(
  account: Account,
  customerNumber: string,
  wanted: Wanted,
  send: Send,
): Promise<readonly Booking[]> {
  const who = `customernumber/${encodeURIComponent(customerNumber)}`;
  const what = `reference/${encodeURIComponent(markOf(wanted, wanted.way))}`;
  const path = `/rest/shipment/v7/trackandtrace/${who}/${what}/public`;
  return readFound(await ask(send, get(account, path, { locale: "en" }), "Track & Trace"), wanted);
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

/** The service codes that PostNord lists for a country. Their shape is not described: any text in them counts. */
export async function listedServices(
  account: Account,
  country: string,
  send: Send,
): Promise<ReadonlySet<string>> {
  const request = get(account, "/rest/shipment/v3/edi/servicecodes", {});
  const { data } = readJson(await ask(send, request, "Booking"), servicesSchema);
  const ours = data.filter(({ issuerCountryCode }) => issuerCountryCode === country);
  return new Set(ours.flatMap(({ serviceCodeDetails }) => serviceCodeDetails.flatMap(textsIn)));
}

const servicesSchema = z.object({
  data: z.array(
    z.object({
      issuerCountryCode: z.string(),
      serviceCodeDetails: z.array(z.record(z.string(), z.unknown())),
    }),
  ),
});

const textsIn = (details: Readonly<Record<string, unknown>>) => Object.values(details).map(String);

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
