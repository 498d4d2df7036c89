// Tries all orders of one cause again, one after the other, and tells how far it is. It can be stopped at any time.
import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { fetchJson, postJson } from "./fetch-json.ts";
import { text, z } from "./jitless-zod.ts";
import { orderListSchema } from "./order-schema.ts";
import type { Group } from "./use-inbox.ts";

const retried = z.object({ retried: z.array(text(200)) });

export interface Progress {
  readonly state: "running" | "done" | "stopped";
  readonly done: number;
  readonly all: number;
  readonly failed: number;
}

export function useRetryAll(group: Group) {
  const client = useQueryClient();
  const [progress, setProgress] = useState<Progress | undefined>();
  const isStopped = useRef(false);

  const start = async () => {
    isStopped.current = false;
    const orders = await ordersOf(group);
    const all = orders.length;
    let failed = 0;
    let done = 0;
    for (const { reference, step } of orders) {
      if (isStopped.current) break;
      setProgress({ state: "running", done, all, failed });
      try {
        await postJson(retried, `/api/orders/${reference}/retry`, { step });
      } catch {
        failed += 1;
      }
      done += 1;
    }
    setProgress({ state: isStopped.current ? "stopped" : "done", done, all, failed });
    await client.invalidateQueries();
  };
  const stop = () => {
    isStopped.current = true;
  };
  return { progress, start, stop };
}

const pageSize = "200";
const mostPages = 50;

/** Every order of the group, although the inbox shows only some. */
async function ordersOf(group: Group) {
  const found: { reference: string; step: string }[] = [];
  let before: string | null = "";
  for (let page = 0; page < mostPages && before !== null; page++) {
    const query: URLSearchParams = new URLSearchParams({
      state: group.who === "nobody" ? "waiting" : "attention",
      limit: pageSize,
      ...(before ? { before } : {}),
    });
    const list: z.output<typeof orderListSchema> = await fetchJson(
      orderListSchema,
      `/api/orders?${query}`,
    );
    for (const { reference, steps } of list.orders) {
      const step = steps.find(
        ({ state, name, provider, cause }) =>
          provider === group.provider &&
          cause === group.cause &&
          (group.step === null || (name === group.step && state === "attention")),
      );
      if (step) found.push({ reference, step: step.name });
    }
    before = list.next;
  }
  return found;
}
