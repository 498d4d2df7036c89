// The inbox as the API tells it.
import { z } from "@hono/zod-openapi";
import { who } from "./decision.ts";
import { money } from "./order.ts";

const moment = z.iso.datetime();

const inboxOrder = z.object({
  reference: z.string(),
  shopOrder: z.string().nullable(),
  customer: z.string().nullable(),
  total: money,
  step: z.string(),
  message: z.string().nullable(),
  field: z.string().nullable().describe("The fact that is wrong: shipTo.address.postalCode"),
  since: moment,
  assignedTo: z.string().nullable(),
  snoozedUntil: moment.nullable(),
  isReopened: z.boolean().describe("It was decided on, or put off, and is here again"),
  suggested: z
    .array(z.object({ field: z.string(), before: z.string().nullable(), after: z.string() }))
    .readonly()
    .describe("What Ordna would correct; never applied by itself"),
});

export const inboxGroup = z
  .object({
    state: z.enum(["attention", "waiting"]),
    provider: z.string(),
    operation: z
      .string()
      .nullable()
      .describe("The step of the configuration; null when several wait for the same"),
    cause: z.string(),
    fingerprint: z.string().nullable().describe("Of the cause `unknown`: what is alike"),
    name: z.string().nullable().describe("What a person called it"),
    sentence: z.string(),
    who,
    canCustomer: z.boolean(),
    button: z.string(),
    decision: z.string(),
    count: z.int(),
    totals: z.array(money).readonly(),
    oldest: moment,
    nextAt: moment.nullable(),
    orders: z.array(inboxOrder).readonly().describe("The oldest fifty"),
  })
  .openapi("InboxGroup");

export const mendedGroup = z
  .object({
    provider: z.string(),
    operation: z.string().nullable().describe("null: it went on by itself"),
    cause: z.string(),
    by: z.string().nullable().describe("Who decided; null: it went on by itself"),
    how: z.string().nullable().openapi({ example: "order.amend" }),
    count: z.int(),
    lastAt: moment,
    orders: z
      .array(z.object({ reference: z.string(), shopOrder: z.string().nullable() }))
      .readonly(),
  })
  .openapi("MendedGroup");
