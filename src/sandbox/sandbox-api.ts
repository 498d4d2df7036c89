// What the page and the command line may do to the simulated world.
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { Hono } from "hono";
import { z } from "zod";
import { type Misbehaviour, misbehaviours } from "../connector-kit/misbehaviour.ts";
import { outboxOf } from "../connectors/mailgun/outbox.ts";
import { scenarioNames, scenarioPayment } from "../connectors/stripe/scenario-payment.ts";
import { type Assassin, killMidOrder } from "./kill-mid-order.ts";
import type { Sandbox } from "./sandbox.ts";

const payBody = z.object({
  scenario: z.enum(
    scenarioNames,
    `There is no such scenario. There are: ${scenarioNames.join(", ")}.`,
  ),
  store: z.string().max(40).optional(),
  /** With ids of its own; otherwise the very same events are delivered again. */
  fresh: z.boolean().default(false),
  /** Although real providers would get real records of it. */
  real: z.boolean().default(false),
});
const names = Object.keys(misbehaviours).filter((name): name is Misbehaviour =>
  Object.hasOwn(misbehaviours, name),
);
const faultBody = z.union([
  z.strictObject({
    provider: z.string().max(40),
    how: z.enum(names),
    times: z.number().int().min(1).max(10_000).optional(),
  }),
  // Nothing named: everything is healed.
  z.strictObject({}),
]);
const patienceMs = 10_000;

/** `assassin`: absent where nobody would start this process again. */
export function sandboxApi(sandbox: Sandbox, assassin?: Assassin): Hono {
  const hono = new Hono();
  hono.get("/records", (c) => c.json(sandbox.records()));
  hono.get("/scenarios", (c) => c.json(scenarioNames));
  const mailsOf = (reference: string) => outboxOf(sandbox.records(), reference);
  hono.get("/mails/:reference", (c) =>
    c.json(mailsOf(c.req.param("reference")).map(({ subject }) => ({ subject }))),
  );
  // A mail brings its own styles: it is shown in a frame under a policy of its own, where nothing runs or loads.
  hono.get("/mails/:reference/:index", (c) => {
    const mail = mailsOf(c.req.param("reference"))[Number(c.req.param("index"))];
    return mail
      ? c.html(mail.html, 200, mailHeaders)
      : c.json({ error: "There is no such mail." }, 404);
  });
  hono.get("/lab", (c) => c.json({ ...labOf(sandbox), canKill: canBeKilled(sandbox, assassin) }));
  hono.post("/faults", async (c) => {
    const body = faultBody.safeParse(await c.req.json().catch(() => ({})));
    if (!body.success) return c.json({ error: body.error.issues[0]?.message }, 400);
    const simulated = [...sandbox.simulators.values()].map(({ simulator }) => simulator);
    if (!("provider" in body.data)) {
      for (const simulator of simulated) simulator.behave();
      return c.json({ broken: null });
    }
    const { provider, how, times = Number.POSITIVE_INFINITY } = body.data;
    const struck = simulated.filter((simulator) => simulator.provider === provider);
    if (struck.length === 0) return c.json({ error: `${provider} is not simulated here.` }, 404);
    for (const simulator of struck) simulator.misbehave({ how, times });
    return c.json({ broken: provider });
  });
  hono.post("/kill", (c) => {
    if (!assassin || !canBeKilled(sandbox, assassin)) {
      const why = "Only where everything is simulated, and npm start starts it again.";
      return c.json({ error: why }, 409);
    }
    return c.json({ reference: killMidOrder(sandbox, assassin) }, 202);
  });
  hono.post("/payments", async (c) => {
    const body = payBody.safeParse(await c.req.json().catch(() => ({})));
    if (!body.success) return c.json({ error: body.error.issues[0]?.message }, 400);
    const { scenario, fresh, real, store = sandbox.shops[0] } = body.data;
    if (store === undefined || !sandbox.shops.includes(store)) {
      return c.json({ error: "Stripe is not simulated here: pay in Stripe itself." }, 409);
    }
    if (!sandbox.isComplete && !real) {
      const why = "Some providers are real: a made-up payment would make real records there.";
      return c.json({ error: `${why} Add --real to pay all the same.` }, 409);
    }
    const suffix = fresh ? randomUUID().slice(0, 8) : undefined;
    const paid = scenarioPayment(scenario, suffix);
    const deliveries = sandbox.pay(store, paid);
    const delivered = await until(() => sandbox.areDelivered(store, deliveries));
    return c.json({ scenario, events: paid.events.map(({ event }) => event.id), delivered });
  });
  return hono;
}

const canBeKilled = (sandbox: Sandbox, assassin: Assassin | undefined) =>
  assassin !== undefined && sandbox.isComplete && sandbox.shops.length > 0;

/** Whom one can break, how, and how many records of each kind they hold. */
function labOf(sandbox: Sandbox) {
  const counts = new Map<string, { provider: string; kind: string; count: number }>();
  for (const { provider, kind } of sandbox.records()) {
    const entry = counts.get(`${provider} ${kind}`) ?? { provider, kind, count: 0 };
    entry.count += 1;
    counts.set(`${provider} ${kind}`, entry);
  }
  const providers = [...sandbox.simulators.values()].map(({ simulator }) => simulator.provider);
  return {
    providers: [...new Set(providers)],
    misbehaviours: names,
    records: [...counts.values()],
  };
}

const mailHeaders = {
  "content-security-policy":
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox",
};

async function until(isTrue: () => boolean): Promise<boolean> {
  const endsAt = performance.now() + patienceMs;
  while (!isTrue() && performance.now() < endsAt) await sleep(50);
  return isTrue();
}
