// VIES over REST as it is called here: ec.europa.eu/assets/taxud/vow-information/swagger_publicVAT.yaml
import { z } from "zod";
import {
  bodyText,
  type HttpResponse,
  type Send,
  statusError,
  unexpectedAnswer,
} from "../../connector-kit/http.ts";
import type { VatId } from "../../tax/vat-id.ts";
import { viesRefusal } from "./vies-refusal.ts";

export interface ViesApi {
  readonly host: string;
  readonly send: Send;
}

export type ViesAnswer =
  | {
      readonly kind: "answered";
      readonly isValid: boolean;
      readonly requestDate?: string;
      readonly requestIdentifier?: string;
      readonly name?: string;
      readonly address?: string;
    }
  /** INVALID_INPUT: no number of that state looks like this. */
  | { readonly kind: "refused" };

/** States that tell nothing write dashes. */
const told = (max: number) =>
  z
    .string()
    .nullish()
    .transform((text) => {
      const said = text?.trim().slice(0, max) ?? "";
      return said === "" || /^-+$/.test(said) ? undefined : said;
    });

const answeredSchema = z.object({
  countryCode: z.string(),
  vatNumber: z.string(),
  valid: z.boolean(),
  requestDate: told(50),
  requestIdentifier: told(100),
  name: told(500),
  address: told(1000),
  // An outage of the state may come with "valid": false, and means nothing of the kind.
  userError: told(100),
});
const refusedSchema = z.object({
  actionSucceed: z.literal(false),
  errorWrappers: z.array(z.object({ error: z.string().max(100) })).min(1),
});

export async function checkVatNumber(
  { host, send }: ViesApi,
  { prefix, number }: VatId,
  requester: VatId,
): Promise<ViesAnswer> {
  const response = await send({
    method: "POST",
    url: `${host}/check-vat-number`,
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify({
      countryCode: prefix,
      vatNumber: number,
      requesterMemberStateCode: requester.prefix,
      requesterNumber: requester.number,
    }),
    reads: true,
  });
  const body = jsonOf(response);
  const refused = refusedSchema.safeParse(body);
  const said = answeredSchema.safeParse(body);
  const error = refused.data?.errorWrappers[0]?.error ?? errorIn(said.data?.userError);
  if (error === "INVALID_INPUT") return { kind: "refused" };
  if (error !== undefined) throw viesRefusal(error, prefix);
  if (response.status !== 200) throw statusError(response, `VIES said HTTP ${response.status}.`);
  if (!said.success) {
    const [issue] = said.error.issues;
    throw unexpectedAnswer(response, `${issue?.path.join(".") || "body"}: ${issue?.message}`);
  }
  const { countryCode, vatNumber, valid, requestDate, requestIdentifier, name, address } =
    said.data;
  if (countryCode !== prefix || vatNumber !== number) {
    throw unexpectedAnswer(response, "it speaks of another VAT number");
  }
  const proof = { requestDate, requestIdentifier, name, address };
  return { kind: "answered", isValid: valid, ...withoutGaps(proof) };
}

/** The two that are no errors. */
function errorIn(userError: string | undefined): string | undefined {
  return userError === "VALID" || userError === "INVALID" ? undefined : userError;
}

function jsonOf(response: HttpResponse): unknown {
  try {
    return JSON.parse(bodyText(response));
  } catch {
    if (response.status !== 200) throw statusError(response, `VIES said HTTP ${response.status}.`);
    throw unexpectedAnswer(response, "it is not JSON");
  }
}

type Proof = Readonly<Record<"requestDate" | "requestIdentifier" | "name" | "address", unknown>>;

function withoutGaps<P extends Proof>(proof: P): { [K in keyof P]?: NonNullable<P[K]> } {
  const entries = Object.entries(proof).filter(([, value]) => value !== undefined);
  // The same keys with the same values; only what was undefined is gone.
  return Object.fromEntries(entries) as { [K in keyof P]?: NonNullable<P[K]> };
}
