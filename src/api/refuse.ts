// How the API says no: problem details (RFC 9457), in words for people.
import { z } from "@hono/zod-openapi";
import type { Context, TypedResponse } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";

interface Refusal {
  readonly type: "about:blank";
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** The same sentence again, by the name that the page and the terminal read. */
  readonly error: string;
  /** Who decided meanwhile, where that is why. */
  readonly meanwhile?: Meanwhile;
}

interface Meanwhile {
  readonly number: number;
  readonly actor: string;
  readonly what: string;
  readonly at: string;
  readonly fields: readonly { readonly field: string; readonly now: string | number | null }[];
}

const titles: Readonly<Record<number, string>> = {
  400: "Does not fit",
  401: "Not logged in",
  403: "Not allowed",
  404: "Not found",
  409: "Does not go together",
  413: "Too large",
  415: "Not JSON",
  429: "Too many requests",
  502: "A provider did not answer",
  503: "Cannot answer now",
};

export function refuse<Status extends ContentfulStatusCode>(
  c: Context,
  status: Status,
  error: string,
  more: Pick<Refusal, "meanwhile"> = {},
): Response & TypedResponse<Refusal, Status, "json"> {
  const title = titles[status] ?? "Refused";
  const problem: Refusal = { type: "about:blank", title, status, detail: error, error, ...more };
  return c.json(problem, status, { "content-type": "application/problem+json" });
}

const refusal = z
  .object({
    type: z.literal("about:blank"),
    title: z.string(),
    status: z.int(),
    detail: z.string().describe("What happened and what to do, in a sentence."),
    error: z.string().describe("The same as `detail`"),
    meanwhile: z
      .object({
        number: z.int(),
        actor: z.string(),
        what: z.string().openapi({ example: "order.amend" }),
        at: z.iso.datetime(),
        fields: z
          .array(z.object({ field: z.string(), now: z.union([z.string(), z.number()]).nullable() }))
          .readonly(),
      })
      .optional()
      .describe("409: the decision that was made after the one in `If-Match`"),
  })
  .openapi("Refusal");

/** For `responses` of a route: the ways in which it says no. */
export function refusals<Status extends number>(whens: Readonly<Record<Status, string>>) {
  const content = { "application/problem+json": { schema: refusal } };
  const entries = Object.entries<string>(whens).map(
    ([status, description]) => [status, { description, content }] as const,
  );
  // Object.fromEntries forgets its keys; they are those of `whens`.
  return Object.fromEntries(entries) as Record<
    Status,
    { description: string; content: typeof content }
  >;
}
