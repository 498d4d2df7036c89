// Decisions, holds and what amending does, as the API tells them.
import { z } from "@hono/zod-openapi";

export const decisionGlance = z
  .object({
    number: z.int(),
    at: z.string(),
    what: z.string().openapi({ example: "order.amend" }),
    actor: z.string(),
    origin: z.string(),
    reference: z.string().nullable(),
    step: z.string().nullable(),
    reason: z.string().nullable(),
    before: z.unknown(),
    after: z.unknown(),
    isErased: z.boolean(),
  })
  .openapi("Decision");

export const stepConsequence = z
  .object({
    step: z.string(),
    provider: z.string(),
    what: z.enum(["now", "later", "checked", "changed", "kept", "left-out", "in-the-way"]),
    sentence: z.string(),
  })
  .openapi("StepConsequence");

export const who = z.enum(["nobody", "manager", "finance", "developer"]);

export const shownHold = z
  .object({
    step: z.string(),
    provider: z.string(),
    cause: z.string(),
    sentence: z.string(),
    message: z.string().nullable(),
    who,
    canCustomer: z.boolean(),
    button: z.string(),
    decision: z.string(),
    isInDoubt: z.boolean(),
    fields: z
      .array(
        z.object({
          field: z.string(),
          value: z.union([z.string(), z.number()]).nullable(),
          suggestion: z.string().nullable(),
        }),
      )
      .readonly(),
    byHand: z.array(z.string()).readonly().describe("What to enter when it was done by hand"),
    redoes: z.array(stepConsequence).readonly().describe("What correcting does to each step"),
  })
  .openapi("Hold");

const inboxOrder = z.object({
  reference: z.string(),
  shopOrder: z.string().nullable(),
  step: z.string(),
  message: z.string().nullable(),
  field: z.string().nullable(),
  since: z.string(),
  assignedTo: z.string().nullable(),
});

export const inboxGroup = z
  .object({
    state: z.enum(["attention", "waiting"]),
    provider: z.string(),
    operation: z.string().describe("The step of the configuration"),
    cause: z.string(),
    sentence: z.string(),
    who,
    canCustomer: z.boolean(),
    button: z.string(),
    decision: z.string(),
    count: z.int(),
    totals: z.array(z.object({ minor: z.string(), currency: z.string() })).readonly(),
    oldest: z.string(),
    nextAt: z.string().nullable(),
    orders: z.array(inboxOrder).readonly().describe("The oldest fifty"),
  })
  .openapi("InboxGroup");
