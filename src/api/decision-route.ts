// A route by which a person decides: one form for all of them, so that page, API and command line decide alike.
import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import {
  DecidedMeanwhile,
  DecisionRefused,
  type Made,
  NoSuchOrder,
} from "../ledger/decisions/decide.ts";
import { KeyIsTaken } from "../ledger/decisions/record-decision.ts";
import type { Desk, OrderWish } from "../operator/desk.ts";
import { CannotAmend } from "../order/amend-order.ts";
import { wishOf } from "./actor.ts";
import { reference } from "./answers/order.ts";
import type { AppOptions } from "./app-options.ts";
import { refusals, refuse } from "./refuse.ts";
import { resource } from "./resource.ts";

export interface DecisionRoute<Body extends z.ZodObject, After extends z.ZodObject> {
  /** Below /orders/{reference}; may hold {step}. */
  readonly path: string;
  readonly summary: string;
  readonly body: Body;
  readonly after: After;
  readonly make: (
    desk: Desk,
    wish: OrderWish & { readonly step: string },
    body: z.output<Body>,
  ) => Promise<Made<z.output<After>>>;
}

export const reason = z
  .string()
  .min(1)
  .max(1000)
  .describe("Why; it is kept in the log for ever")
  .optional();
export const whyNecessary = z.string().trim().min(1, "Say why").max(1000);
export const stepName = z.string().regex(/^[a-z][a-z0-9-]{0,60}$/);

export function deskOf({ db, ledger, pipelinesOf = () => [] }: AppOptions): Desk {
  return { db, ledger, pipelinesOf };
}

/** A resource that answers refusals of decisions with their sentence: 409, and nothing was changed. */
export function decisionResource(): OpenAPIHono {
  const hono = resource();
  hono.onError((error, c) => {
    if (error instanceof NoSuchOrder) return refuse(c, 404, error.message);
    if (error instanceof DecidedMeanwhile) {
      return refuse(c, 409, error.message, { meanwhile: error.by });
    }
    if (error instanceof DecisionRefused || error instanceof KeyIsTaken) {
      return refuse(c, 409, error.message);
    }
    if (error instanceof CannotAmend) return refuse(c, 400, error.message);
    throw error;
  });
  return hono;
}

export const decisionRefusals = refusals({
  400: "The body does not fit",
  404: "There is no such order.",
  409: "It cannot be decided now; the sentence says what to do. Nothing was changed.",
});

export const decided = <After extends z.ZodObject>(after: After) =>
  z.object({
    decision: z.int().describe("Its number in the log"),
    isRepeat: z.boolean().describe("It was decided before, under the same Idempotency-Key"),
    after,
  });

export function addDecision<Body extends z.ZodObject, After extends z.ZodObject>(
  hono: OpenAPIHono,
  options: AppOptions,
  { path, summary, body, after, make }: DecisionRoute<Body, After>,
): void {
  const params = path.includes("{step}")
    ? z.object({ reference, step: stepName })
    : z.object({ reference });
  const route = createRoute({
    method: "post",
    path: `/orders/{reference}/${path}`,
    tags: ["decisions"],
    summary,
    request: { params, body: { content: { "application/json": { schema: body } } } },
    responses: {
      200: {
        description: "What was decided",
        content: { "application/json": { schema: decided(after) } },
      },
      ...decisionRefusals,
    },
  });
  hono.openAPIRegistry.registerPath(route);
  hono.post(
    path.startsWith("/") ? path : `/orders/:reference/${path.replace("{step}", ":step")}`,
    async (c) => {
      const at = params.safeParse(c.req.param());
      if (!at.success) return refuse(c, 404, "There is no such order.");
      const asked = body.safeParse(await c.req.json());
      if (!asked.success) {
        const [issue] = asked.error.issues;
        return refuse(c, 400, `${issue?.path.join(".") || "request"}: ${issue?.message}`);
      }
      const why: unknown = asked.data.reason;
      const wish = wishOf(c, typeof why === "string" ? why : undefined);
      const step = c.req.param("step") ?? "";
      const made = await make(
        deskOf(options),
        { ...wish, reference: at.data.reference, step },
        asked.data,
      );
      options.kick();
      return c.json(
        { decision: made.number, isRepeat: made.isRepeat, after: after.parse(made.after) },
        200,
      );
    },
  );
}
