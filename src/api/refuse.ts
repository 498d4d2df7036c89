// How the API says no: one form for every refusal, in words for people.

import { z } from "@hono/zod-openapi";
import type { Context, TypedResponse } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";

export interface Refusal {
  readonly error: string;
}

export function refuse<Status extends ContentfulStatusCode>(
  c: Context,
  status: Status,
  error: string,
): Response & TypedResponse<Refusal, Status, "json"> {
  return c.json({ error }, status);
}

const refusal = z
  .object({ error: z.string().describe("What happened and what to do, in a sentence.") })
  .openapi("Refusal");

/** For `responses` of a route: the ways in which it says no. */
export function refusals<Status extends number>(whens: Readonly<Record<Status, string>>) {
  const content = { "application/json": { schema: refusal } };
  const entries = Object.entries<string>(whens).map(
    ([status, description]) => [status, { description, content }] as const,
  );
  // Object.fromEntries forgets its keys; they are those of `whens`.
  return Object.fromEntries(entries) as Record<
    Status,
    { description: string; content: typeof content }
  >;
}
