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
    fingerprint: z.string().nullable().describe("Of the cause `unknown`: what is alike"),
    name: z.string().nullable().describe("What a person called it"),
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

const offer = z.enum(["now", "not-yet", "done"]);
const configured = offer.nullable().describe("null: the configuration does not have it");

export const offers = z
  .object({
    hold: offer,
    cancel: offer,
    resendEmail: configured,
    invoiceCopy: configured,
    credit: configured,
    return: configured,
    isShipped: z.boolean(),
    steps: z
      .array(z.object({ step: z.string(), byHand: z.array(z.string()).readonly() }))
      .readonly()
      .describe("What is not over, and what to enter when it was done by hand"),
  })
  .openapi("Offers");
