// Corrections that are looked at before they are made: ?preview=true changes nothing.
import { createRoute, z } from "@hono/zod-openapi";
import { amendOrder, previewAmendment } from "../../operator/amend-order.ts";
import { askCustomer, askedFields } from "../../operator/ask-customer.ts";
import { chooseService } from "../../operator/choose-service.ts";
import { previewEmail, resendEmail } from "../../operator/resend-email.ts";
import { wishOf } from "../actor.ts";
import { stepConsequence } from "../answers/decision.ts";
import { reference } from "../answers/order.ts";
import type { AppOptions } from "../app-options.ts";
import {
  addDecision,
  decided,
  decisionRefusals,
  decisionResource,
  deskOf,
  reason,
  stepName,
} from "../decision-route.ts";
import type { Resource } from "../resource.ts";

const params = z.object({ reference });
const query = z.object({
  preview: z.enum(["true", "false"]).optional().describe("true: only say what would happen"),
});
const fact = z.union([z.string(), z.number()]).nullable();
const amended = z.object({
  fields: z.array(z.string()),
  resumed: z.array(z.string()).describe("Steps that waited for it"),
  followUps: z.array(z.string()).describe("Changes of records that exist already"),
});

const change = z.object({
  field: z.string().max(300).openapi({ example: "shipTo.address.postalCode" }),
  value: z.string().max(500).nullable().describe("null takes the fact away"),
});

const amend = createRoute({
  method: "post",
  path: "/orders/{reference}/amend",
  tags: ["decisions"],
  summary: "Correct facts of an order and let it go on; the original facts stay",
  request: {
    params,
    query,
    body: {
      content: {
        "application/json": {
          schema: z.object({ changes: z.array(change).min(1).max(50), reason }),
        },
      },
    },
  },
  responses: {
    200: {
      description: "What was amended, or with ?preview=true what would be",
      content: {
        "application/json": {
          schema: z.union([
            decided(amended),
            z.object({
              amended: z
                .array(z.object({ field: z.string(), before: fact, after: fact }))
                .readonly(),
              steps: z.array(stepConsequence).readonly(),
              refusal: z.string().nullable(),
            }),
          ]),
        },
      },
    },
    ...decisionRefusals,
  },
});

const message = z.object({
  to: z.object({ email: z.string(), name: z.string().optional() }),
  locale: z.string(),
  template: z.string(),
  subject: z.string(),
  variables: z.record(z.string(), z.unknown()),
  attachments: z.array(z.object({ fileName: z.string() })),
});

const resend = createRoute({
  method: "post",
  path: "/orders/{reference}/resend-email",
  tags: ["decisions"],
  summary: "Send an e-mail once more, perhaps to another address, as a change of its own",
  request: {
    params,
    query,
    body: {
      content: {
        "application/json": {
          schema: z.object({
            step: stepName.optional(),
            to: z.string().max(254).optional(),
            reason,
          }),
        },
      },
    },
  },
  responses: {
    200: {
      description: "What is sent, or with ?preview=true the e-mail as it would be sent",
      content: {
        "application/json": {
          schema: z.union([decided(z.object({ step: z.string(), to: z.string() })), message]),
        },
      },
    },
    ...decisionRefusals,
  },
});

export const corrections: Resource = (options: AppOptions) => {
  const hono = decisionResource();
  const desk = deskOf(options);
  hono.openapi(amend, async (c) => {
    const { reference } = c.req.valid("param");
    const { changes, reason: why } = c.req.valid("json");
    if (c.req.valid("query").preview === "true") {
      const { refusal, ...preview } = await previewAmendment(desk, reference, changes);
      return c.json({ ...preview, refusal: refusal ?? null }, 200);
    }
    const made = await amendOrder(desk, { ...wishOf(c, why), reference, changes });
    options.kick();
    const after = amended.parse(made.after);
    return c.json({ decision: made.number, isRepeat: made.isRepeat, after }, 200);
  });
  hono.openapi(resend, async (c) => {
    const { reference } = c.req.valid("param");
    const { step, to, reason: why } = c.req.valid("json");
    if (c.req.valid("query").preview === "true") {
      return c.json(await previewEmail(desk, reference, { step, to }), 200);
    }
    const made = await resendEmail(desk, { ...wishOf(c, why), reference, step, to });
    options.kick();
    return c.json({ decision: made.number, isRepeat: made.isRepeat, after: made.after }, 200);
  });
  addDecision(hono, options, {
    path: "choose-service",
    summary: "Choose another service of the carrier; without `service` its own rules choose again",
    body: z.object({ service: z.string().max(40).optional(), reason }),
    after: amended,
    make: (ofDesk, { step: _, ...wish }, { service }) =>
      chooseService(ofDesk, { ...wish, service }),
  });
  addDecision(hono, options, {
    path: "ask-customer",
    summary: "Ask the customer for the address by e-mail, with a link that works once",
    body: z.object({
      fields: z
        .array(z.enum(askedFields))
        .min(1)
        .optional()
        .describe("Absent: those that what waits is about"),
      reason,
    }),
    after: z.object({
      steps: z.array(z.string()),
      fields: z.array(z.string()),
      until: z.string().describe("The link works until then"),
    }),
    make: (ofDesk, { step: _, ...wish }, { fields }) => askCustomer(ofDesk, { ...wish, fields }),
  });
  return hono;
};
