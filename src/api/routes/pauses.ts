// A person pauses a provider account, and lets it go on.
import { createRoute, z } from "@hono/zod-openapi";
import { pauseAccount, pausedAccount, resumeAccount } from "../../operator/pause-account.ts";
import { wishOf } from "../actor.ts";
import { json } from "../answers/json.ts";
import {
  decided,
  decisionRefusals,
  decisionResource,
  deskOf,
  reason,
  whyNecessary,
} from "../decision-route.ts";
import { refuse } from "../refuse.ts";
import type { Resource } from "../resource.ts";

const account = z.string().min(1).max(200);
const noSuch = "There is no such account.";
const answers = {
  200: { description: "What was decided", content: json(decided(pausedAccount)) },
  ...decisionRefusals,
};

const pause = createRoute({
  method: "post",
  path: "/accounts/pause",
  tags: ["providers"],
  summary: "Nobody calls this account for now; its orders wait in line, in every process",
  request: {
    body: { required: true, content: json(z.object({ account, reason: whyNecessary })) },
  },
  responses: answers,
});

const resume = createRoute({
  method: "post",
  path: "/accounts/resume",
  tags: ["providers"],
  summary: "It is called again: whoever waits goes on, at the rate that the account bears",
  request: { body: { required: true, content: json(z.object({ account, reason })) } },
  responses: answers,
});

export const pauses: Resource = (options) => {
  const hono = decisionResource();
  const isKnown = (name: string) =>
    options.about.accounts?.some((one) => one.account === name) === true;
  hono.openapi(pause, async (c) => {
    const { account, reason } = c.req.valid("json");
    if (!isKnown(account)) return refuse(c, 404, noSuch);
    const wish = { ...wishOf(c, reason), account, reason };
    const { number, ...made } = await pauseAccount(deskOf(options), wish);
    return c.json({ decision: number, ...made }, 200);
  });
  hono.openapi(resume, async (c) => {
    const { account, reason } = c.req.valid("json");
    if (!isKnown(account)) return refuse(c, 404, noSuch);
    const wish = { ...wishOf(c, reason), account };
    const { number, ...made } = await resumeAccount(deskOf(options), wish);
    options.kick();
    return c.json({ decision: number, ...made }, 200);
  });
  return hono;
};
