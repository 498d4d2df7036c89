import { createRoute, z } from "@hono/zod-openapi";
import { accountDays, listAccounts, listCalls } from "../../ledger/list-accounts.ts";
import { daysBack } from "../answers/time.ts";
import { pageLimit } from "../paging.ts";
import { refusals, refuse } from "../refuse.ts";
import { type Resource, resource } from "../resource.ts";

const moment = z.iso.datetime();
const name = z.string().min(1).max(200);

const account = z
  .object({
    account: z.string(),
    provider: z.string(),
    stores: z.array(z.string()),
    roles: z.array(z.string()),
    isSimulated: z.boolean(),
    keySince: moment.nullable().describe("The first start with its present keys"),
    paused: z
      .object({ since: moment, by: z.string(), reason: z.string() })
      .nullable()
      .describe("A person's word that nobody calls it"),
    limits: z.object({ concurrent: z.number().optional(), perSecond: z.number().optional() }),
    state: z.enum(["closed", "open", "half-open"]),
    since: moment.nullable(),
    nextTestAt: moment.nullable(),
    heldUntil: moment.nullable(),
    why: z.object({ cause: z.string(), message: z.string() }).nullable(),
    waiting: z.int(),
    rate: z.int().describe("Calls that began within the last second"),
  })
  .openapi("Account");

const call = z
  .object({
    at: moment,
    account: z.string(),
    reference: z.string(),
    shopOrder: z.string().nullable(),
    step: z.string(),
    outcome: z.string().nullable(),
    message: z.string().nullable(),
    tookMs: z.int().nullable(),
  })
  .openapi("Call");

const list = createRoute({
  method: "get",
  path: "/accounts",
  tags: ["providers"],
  summary: "The provider accounts, and how they are",
  responses: {
    200: {
      description: "All of them",
      content: { "application/json": { schema: z.object({ accounts: z.array(account) }) } },
    },
  },
});

const calls = createRoute({
  method: "get",
  path: "/accounts/calls",
  tags: ["providers"],
  summary: "The last calls, of one account or of all",
  request: { query: z.object({ account: name.optional(), limit: pageLimit }) },
  responses: {
    200: {
      description: "The newest first",
      content: { "application/json": { schema: z.object({ calls: z.array(call).readonly() }) } },
    },
    ...refusals({ 400: "A parameter does not fit" }),
  },
});

const day = z.object({ account: z.string(), day: z.iso.date(), good: z.int(), bad: z.int() });

const days = createRoute({
  method: "get",
  path: "/accounts/days",
  tags: ["providers"],
  summary: "How each account answered, day by day",
  request: { query: z.object({ days: daysBack(90) }) },
  responses: {
    200: {
      description: "The oldest first",
      content: { "application/json": { schema: z.object({ days: z.array(day).readonly() }) } },
    },
    ...refusals({ 400: "A parameter does not fit" }),
  },
});

const probe = createRoute({
  method: "post",
  path: "/accounts/probe",
  tags: ["providers"],
  summary: "Try now whether an outage is over",
  request: {
    body: { content: { "application/json": { schema: z.object({ account: name }) } } },
  },
  responses: {
    200: {
      description: "It is tried with the next order in line",
      content: { "application/json": { schema: z.object({ account: z.string() }) } },
    },
    ...refusals({ 400: "The body does not fit", 404: "There is no such account." }),
  },
});

/** Days are counted over all calls of three months: once in ten minutes is enough. */
const daysStayMs = 600_000;

export const accounts: Resource = ({ db, ledger, kick, about }) => {
  const hono = resource();
  const kept = new Map<
    number,
    { readonly until: number; readonly days: ReturnType<typeof accountDays> }
  >();
  hono.openapi(list, async (c) => {
    const known = new Map((await listAccounts(db)).map((one) => [one.account, one]));
    const well = {
      state: "closed",
      since: null,
      nextTestAt: null,
      heldUntil: null,
      why: null,
      paused: null,
      keySince: null,
    } as const;
    const all = (about.accounts ?? []).map((one) => ({
      ...well,
      waiting: 0,
      rate: 0,
      ...known.get(one.account),
      ...one,
    }));
    return c.json({ accounts: all }, 200);
  });
  hono.openapi(calls, async (c) =>
    c.json({ calls: await listCalls(db, c.req.valid("query")) }, 200),
  );
  hono.openapi(days, async (c) => {
    const { days } = c.req.valid("query");
    const now = performance.now();
    let found = kept.get(days);
    if (!found || found.until < now) {
      found = { until: now + daysStayMs, days: accountDays(db, days) };
      kept.set(days, found);
      found.days.catch(() => kept.delete(days));
    }
    return c.json({ days: await found.days }, 200);
  });
  hono.openapi(probe, async (c) => {
    const { account } = c.req.valid("json");
    if (!about.accounts?.some((one) => one.account === account)) {
      return refuse(c, 404, "There is no such account.");
    }
    await ledger.gates.probeSoon(account);
    kick();
    return c.json({ account }, 200);
  });
  return hono;
};
