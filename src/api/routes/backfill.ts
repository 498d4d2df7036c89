import { createRoute, z } from "@hono/zod-openapi";
import { ActionError } from "../../connector-kit/action-error.ts";
import { CannotLeaveOut } from "../../ledger/leave-out.ts";
import { enterMissing } from "../../operator/enter-missing.ts";
import { wishOf } from "../actor.ts";
import { money } from "../answers/order.ts";
import type { Found } from "../app-options.ts";
import { reason } from "../decision-route.ts";
import { refusals, refuse } from "../refuse.ts";
import { type Resource, resource } from "../resource.ts";

const moment = z.iso
  .datetime()
  .transform((text) => new Date(text))
  .openapi({ type: "string", format: "date-time" });

const wish = z
  .object({
    from: moment,
    until: moment,
    by: z.enum(["events", "objects"]),
    enter: z.boolean().default(false).describe("Enter what is missing; otherwise only tell"),
    reason,
    leaveOut: z
      .strictObject({ steps: z.array(z.string().max(40)).min(1).max(40), before: moment })
      .optional()
      .describe("Steps that orders paid before then go without"),
  })
  .refine(({ from, until }) => from < until, "It ends before it begins");

const found = z.object({
  store: z.string(),
  objects: z.array(z.string()).readonly(),
  event: z.string(),
  paidAt: z.string(),
  amount: money.nullable(),
  state: z.enum(["known", "missing", "entered"]),
  leftOut: z.array(z.string()).readonly(),
});

const route = createRoute({
  method: "post",
  path: "/backfill",
  tags: ["backfill"],
  summary: "Compare what was paid with the ledger, and enter what is missing if wished",
  request: { body: { required: true, content: { "application/json": { schema: wish } } } },
  responses: {
    200: {
      description: "Every payment of the period, without the customer",
      content: { "application/json": { schema: z.object({ payments: z.array(found) }) } },
    },
    ...refusals({ 400: "The wish does not fit", 502: "The payment provider did not answer" }),
  },
});

export const backfill: Resource = ({ backfill, db }) =>
  resource().openapi(route, async (c) => {
    const { enter, reason, ...query } = c.req.valid("json");
    const compare = async () => backfill?.({ ...query, isEntering: enter });
    try {
      const wish = wishOf(c, reason);
      const payments = enter ? await enterMissing(db, wish, query, compare) : await compare();
      return c.json({ payments: (payments ?? []).map(asFound) }, 200);
    } catch (error) {
      if (error instanceof CannotLeaveOut) return refuse(c, 400, error.message);
      if (error instanceof ActionError) return refuse(c, 502, error.message);
      throw error;
    }
  });

function asFound({ store, payment, state, leftOut }: Found) {
  const { objects, event, amount } = payment;
  const { id, createdAt } = event;
  const money = amount ? { minor: String(amount.minor), currency: amount.currency } : null;
  return { store, objects, event: id, paidAt: createdAt, amount: money, state, leftOut };
}
