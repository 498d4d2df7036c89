import { createRoute, z } from "@hono/zod-openapi";
import { listAmendments } from "../../ledger/decisions/amendments.ts";
import { holdOf } from "../../ledger/decisions/hold-order.ts";
import { listDecisions } from "../../ledger/decisions/list-decisions.ts";
import { careOf } from "../../ledger/decisions/order-care.ts";
import { verifyDecisions } from "../../ledger/decisions/verify-decisions.ts";
import { bookReturn } from "../../operator/book-return.ts";
import { cancelOrder } from "../../operator/cancel-order.ts";
import { creditInvoice } from "../../operator/credit-invoice.ts";
import { doByHand } from "../../operator/do-by-hand.ts";
import { holdOrder, releaseOrder } from "../../operator/hold-order.ts";
import { assignOrder, noteOrder, snoozeOrder } from "../../operator/look-after-order.ts";
import { retryByHand } from "../../operator/retry-step.ts";
import { sendInvoiceCopy } from "../../operator/send-invoice-copy.ts";
import { settleDoubt } from "../../operator/settle-doubt.ts";
import { showHolds } from "../../operator/show-holds.ts";
import { showOffers } from "../../operator/show-offers.ts";
import { skipStep } from "../../operator/skip-step.ts";
import { decisionGlance, offers, shownHold } from "../answers/decision.ts";
import { reference } from "../answers/order.ts";
import { addDecision, decisionResource, deskOf, reason, whyNecessary } from "../decision-route.ts";
import { pageLimit } from "../paging.ts";
import { refusals } from "../refuse.ts";
import type { Resource } from "../resource.ts";

const names = z.array(z.string());
const entered = z
  .record(z.string().max(60), z.string().min(1).max(300))
  .describe("As the provider shows it; just { id } where one number is all it takes");
const care = z.object({ assignedTo: z.string().nullable(), snoozedUntil: z.string().nullable() });
const opened = z.object({ steps: names });
const onlyReason = z.object({ reason });
const why = z.object({ reason: whyNecessary });

const ofOrder = createRoute({
  method: "get",
  path: "/orders/{reference}/decisions",
  tags: ["decisions"],
  summary: "What people decided on an order, how it stands with them, and what holds it",
  request: { params: z.object({ reference }) },
  responses: {
    200: {
      description: "The newest decision first",
      content: {
        "application/json": {
          schema: z.object({
            decisions: z.array(decisionGlance),
            amendments: z.array(
              z.object({
                decision: z.int(),
                field: z.string(),
                before: z.unknown(),
                after: z.unknown(),
                actor: z.string(),
                at: z.string(),
              }),
            ),
            held: z.object({ since: z.string(), because: z.string() }).nullable(),
            assignedTo: z.string().nullable(),
            snoozedUntil: z.string().nullable(),
            holds: z.array(shownHold),
            offers,
          }),
        },
      },
    },
    ...refusals({ 404: "There is no such order." }),
  },
});

const log = createRoute({
  method: "get",
  path: "/decisions",
  tags: ["decisions"],
  summary: "Everything that people decided, the newest first",
  request: {
    query: z.object({
      what: z
        .string()
        .regex(/^[a-z][a-z0-9.-]{0,59}$/)
        .optional(),
      before: z.coerce.number().int().positive().optional(),
      limit: pageLimit,
    }),
  },
  responses: {
    200: {
      description: "A page",
      content: { "application/json": { schema: z.object({ decisions: z.array(decisionGlance) }) } },
    },
    ...refusals({ 400: "A parameter does not fit" }),
  },
});

const verify = createRoute({
  method: "get",
  path: "/decisions/verified",
  tags: ["decisions"],
  summary: "Whether the log of decisions is as it was written",
  responses: {
    200: {
      description: "How far it holds",
      content: {
        "application/json": {
          schema: z.object({
            decisions: z.int(),
            erased: z.int(),
            head: z.string(),
            broken: z.object({ number: z.int(), why: z.string() }).nullable(),
          }),
        },
      },
    },
  },
});

export const decisions: Resource = (options) => {
  const { db } = options;
  const hono = decisionResource();
  hono.openapi(ofOrder, async (c) => {
    const { reference } = c.req.valid("param");
    const desk = deskOf(options);
    const holds = await showHolds(desk, reference);
    const offered = await showOffers(desk, reference);
    const [decided, amendments, held, looked] = await Promise.all([
      listDecisions(db, { reference, limit: 200 }),
      listAmendments(db, reference),
      holdOf(db, reference),
      careOf(db, reference),
    ]);
    const standing = { held: held ?? null, ...looked, holds, offers: offered };
    return c.json({ decisions: decided, amendments, ...standing }, 200);
  });
  hono.openapi(log, async (c) =>
    c.json({ decisions: await listDecisions(db, c.req.valid("query")) }, 200),
  );
  hono.openapi(verify, async (c) => {
    const { broken, ...verified } = await verifyDecisions(db);
    return c.json({ ...verified, broken: broken ?? null }, 200);
  });
  addDecision(hono, options, {
    path: "steps/{step}/retry",
    summary: "Try one step again; what may have happened is looked for first",
    body: onlyReason,
    after: z.object({ retried: names }),
    make: (desk, wish) => retryByHand(desk, wish),
  });
  addDecision(hono, options, {
    path: "steps/{step}/settle",
    summary: "Settle a doubt: it is there (with its number), or it is not there",
    body: z.object({ reason, isThere: z.boolean(), output: entered.default({}) }),
    after: z.object({
      step: z.string(),
      state: z.enum(["done", "ready"]),
      id: z.string().optional(),
    }),
    make: (desk, wish, { isThere, output }) =>
      settleDoubt(desk, { ...wish, sighting: isThere ? { isThere, output } : { isThere } }),
  });
  addDecision(hono, options, {
    path: "steps/{step}/by-hand",
    summary: "It was done by hand, and has this number at the provider",
    body: z.object({ reason, output: entered }),
    after: z.object({ step: z.string(), id: z.string() }),
    make: (desk, wish, { output }) => doByHand(desk, { ...wish, output }),
  });
  addDecision(hono, options, {
    path: "steps/{step}/skip",
    summary: "Go without a step, and without what needs it when that is agreed to",
    body: z.object({ reason: whyNecessary, andWhatNeedsIt: z.boolean().default(false) }),
    after: z.object({ skipped: names }),
    make: (desk, wish, { andWhatNeedsIt }) => skipStep(desk, { ...wish, andWhatNeedsIt }),
  });
  addDecision(hono, options, {
    path: "hold",
    summary: "Begin nothing more of the order until it is released",
    body: why,
    after: z.object({ isHeld: z.boolean(), underWay: names }),
    make: (desk, { step: _, ...wish }) => holdOrder(desk, wish),
  });
  addDecision(hono, options, {
    path: "release",
    summary: "Let a held order go on",
    body: onlyReason,
    after: z.object({ isHeld: z.boolean(), underWay: names }),
    make: (desk, { step: _, ...wish }) => releaseOrder(desk, wish),
  });
  addDecision(hono, options, {
    path: "cancel",
    summary: "Begin nothing more of the order, for good; nothing that was done is undone",
    body: why,
    after: z.object({ notDone: names, underWay: names, stays: names }),
    make: (desk, { step: _, ...wish }) => cancelOrder(desk, wish),
  });
  addDecision(hono, options, {
    path: "invoice-copy",
    summary: "Send the invoice once more, alone",
    body: z.object({ reason: whyNecessary, to: z.string().max(254).optional() }),
    after: opened,
    make: (desk, { step: _, ...wish }, { to }) => sendInvoiceCopy(desk, { ...wish, to }),
  });
  addDecision(hono, options, {
    path: "credit",
    summary: "Credit the whole invoice, once",
    body: why,
    after: opened,
    make: (desk, { step: _, ...wish }) => creditInvoice(desk, wish),
  });
  addDecision(hono, options, {
    path: "return",
    summary: "Book the way back of the parcel, once",
    body: why,
    after: opened,
    make: (desk, { step: _, ...wish }) => bookReturn(desk, wish),
  });
  addDecision(hono, options, {
    path: "assign",
    summary: "Say who looks after the order; without `to` nobody does",
    body: z.object({ reason, to: z.string().trim().min(1).max(200).optional() }),
    after: care,
    make: (desk, { step: _, ...wish }, { to }) => assignOrder(desk, { ...wish, to }),
  });
  addDecision(hono, options, {
    path: "snooze",
    summary: "Keep the order out of the inbox until then; without `until` it is there at once",
    body: z.object({ reason, until: z.iso.datetime().optional() }),
    after: care,
    make: (desk, { step: _, ...wish }, { until }) =>
      snoozeOrder(desk, { ...wish, until: until ? new Date(until) : undefined, now: new Date() }),
  });
  addDecision(hono, options, {
    path: "note",
    summary: "Write a note; @name mentions somebody",
    body: z.object({ reason, text: z.string().trim().min(1).max(4000) }),
    after: z.object({ text: z.string(), mentions: names }),
    make: (desk, { step: _, ...wish }, { text }) => noteOrder(desk, { ...wish, text }),
  });
  return hono;
};
