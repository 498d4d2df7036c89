// The service point or locker nearest to the recipient.
import { z } from "zod";
import { tidy, wrapWords } from "../../address/wrap-words.ts";
import { type HttpResponse, readJson } from "../../connector-kit/http.ts";
import { limits } from "./recipient.ts";

export interface ServicePoint {
  /** Unique within its country only. */
  readonly id: string;
  readonly name: string;
  readonly streets: readonly string[];
  readonly postalCode: string;
  readonly city: string;
  readonly country: string;
}

const addressSchema = z.object({
  countryCode: z.string().length(2),
  city: z.string().min(1).max(limits.city),
  streetName: z.string().nullish(),
  streetNumber: z.string().nullish(),
  postalCode: z.string().min(1).max(12),
});

const pointSchema = z.object({
  servicePointId: z.string().min(1).max(17),
  name: z.string(),
  routeDistance: z.number().nullish(),
  // Parcels go here; the visiting address is for people.
  deliveryAddress: addressSchema,
});

const answerSchema = z.object({
  servicePointInformationResponse: z.object({ servicePoints: z.array(z.unknown()).nullish() }),
});

export function readNearest(response: HttpResponse): ServicePoint | undefined {
  const answer = readJson(response, answerSchema).servicePointInformationResponse;
  const points = (answer.servicePoints ?? []).flatMap((value) => {
    const parsed = pointSchema.safeParse(value);
    return parsed.success ? [parsed.data] : [];
  });
  const far = (point: (typeof points)[number]) => point.routeDistance ?? Number.MAX_SAFE_INTEGER;
  const [nearest] = points.sort((a, b) => far(a) - far(b));
  if (!nearest) return undefined;
  const { servicePointId, name, deliveryAddress } = nearest;
  const { streetName, streetNumber, postalCode, city, countryCode } = deliveryAddress;
  const street = tidy(`${streetName ?? ""} ${streetNumber ?? ""}`);
  return {
    id: servicePointId,
    // PostNord finds the point by its id; of a name that is too long the first line will do.
    name: wrapWords(name, limits.name)?.[0] ?? servicePointId,
    streets: wrapWords(street, limits.street) ?? [],
    postalCode,
    city,
    country: countryCode,
  };
}
