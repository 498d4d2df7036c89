// What PostNord's refusals mean: its gateway and its services put them in different envelopes.
import { z } from "zod";
import { ActionError } from "../../connector-kit/action-error.ts";
import type { CauseCode } from "../../connector-kit/cause.ts";
import { bodyText, type HttpResponse, reads, statusError } from "../../connector-kit/http.ts";

const faultSchema = z.object({
  explanationText: z.string().nullish(),
  faultCode: z.string().nullish(),
  faultReferences: z.array(z.object({ key: z.string(), value: z.string() })).nullish(),
});

const compositeFault = z.object({ faults: z.array(faultSchema).nullish() }).nullish();

/** In a booking or a label that failed, and the body of HTTP errors. */
export const errorResponseSchema = z.object({ message: z.string().nullish(), compositeFault });

type ErrorResponse = z.infer<typeof errorResponseSchema>;

const envelopeSchema = z.union([
  z.object({ error: z.object({ message: z.string() }) }).transform(({ error }) => error),
  z
    .object({ servicePointInformationResponse: z.object({ compositeFault }) })
    .transform((body) => body.servicePointInformationResponse),
  z
    .object({ TrackingInformationResponse: z.object({ compositeFault }) })
    .transform((body) => body.TrackingInformationResponse),
  errorResponseSchema,
]);

/** The error for an answer whose status says no; `product` is the part of PostNord's API. */
export function refusal(response: HttpResponse, product: string): ActionError {
  const { status } = response;
  const said = envelope(response);
  if (status === 401 || status === 403) {
    const message = `PostNord refuses the API key for ${product}: check the key and its products.`;
    return statusError(response, message);
  }
  if (status === 400) return refused(said, product, status);
  const message = `PostNord ${product} answered HTTP ${status}${quoted(said)}.`;
  if (status === 499) {
    // The connection to PostNord's inner service was closed: that may have been after the work.
    const verdict = reads(response.request) ? "transient" : "ambiguous";
    return new ActionError(verdict, message, { cause: "provider.outage", status });
  }
  return statusError(response, message);
}

/** PostNord read the data and does not want it: nothing was done. */
export function refused(said: ErrorResponse, product: string, status?: number): ActionError {
  const { cause, field } = meaningOf(said);
  return new ActionError("permanent", `PostNord ${product} refused the data${quoted(said)}.`, {
    cause,
    ...(field ? { field } : {}),
    ...(status ? { status } : {}),
  });
}

/** The faults as one text, bounded; their parameter values may repeat the address and stay out. */
export function textOf({ message, compositeFault: composite }: ErrorResponse): string {
  const faults = (composite?.faults ?? []).map((fault) => fault.explanationText ?? fault.faultCode);
  const texts = [...new Set([message, ...faults].filter((text) => text))];
  return texts.slice(0, 4).join("; ").slice(0, 500);
}

function envelope(response: HttpResponse): ErrorResponse {
  try {
    const parsed = envelopeSchema.safeParse(JSON.parse(bodyText(response)));
    return parsed.success ? parsed.data : {};
  } catch {
    return {};
  }
}

function quoted(said: ErrorResponse): string {
  const text = textOf(said);
  return text ? `: ${text}` : "";
}

// PostNord publishes no list of fault codes, so its words decide which field a person is shown.
const meanings: readonly { says: RegExp; cause: CauseCode; field?: string }[] = [
  {
    says: /post(al)?[\s_-]?(code|number)|zip/i,
    cause: "address.postal_code",
    field: "shipTo.address.postalCode",
  },
  { says: /sms|phone/i, cause: "address.phone_required", field: "shipTo.phone" },
  { says: /e-?mail/i, cause: "address.email_invalid", field: "shipTo.email" },
  {
    says: /basicServiceCode|service\b.*\bnot (available|allowed|valid|offered)/i,
    cause: "service.not_available",
    field: "shipTo.address.country",
  },
];

function meaningOf(said: ErrorResponse): { cause: CauseCode; field?: string } {
  const references = (said.compositeFault?.faults ?? []).flatMap((fault) =>
    (fault.faultReferences ?? []).map(({ key, value }) => `${key} ${value}`),
  );
  const text = [textOf(said), ...references].join(" ");
  return meanings.find(({ says }) => says.test(text)) ?? { cause: "request.refused" };
}
