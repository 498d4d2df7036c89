// Every item of a list of Stripe's, page by page, parsed before it is believed.
import { z } from "zod";
import { ActionError } from "../../connector-kit/action-error.ts";
import { fromStripeError } from "./stripe-error.ts";

export const pageSize = 100;
/** Nobody sells so much in the period that is asked for at a time: something else is wrong. */
const maxItems = 100_000;

export async function* listed<T>(
  schema: z.ZodType<T>,
  list: AsyncIterable<unknown>,
  account: string | undefined,
): AsyncGenerator<T> {
  let count = 0;
  try {
    for await (const item of list) {
      count += 1;
      if (count > maxItems) throw unexpected(`a list has more than ${maxItems} items`);
      const parsed = schema.safeParse(item);
      if (!parsed.success) throw unexpected(z.prettifyError(parsed.error).slice(0, 200));
      yield parsed.data;
    }
  } catch (thrown) {
    throw fromStripeError(thrown, { isYoung: false, account });
  }
}

function unexpected(why: string): ActionError {
  return new ActionError("transient", `Unexpected answer from Stripe: ${why}.`, {
    cause: "provider.unexpected_answer",
  });
}

/** Stripe counts whole seconds: rather one too many than a payment between two periods. */
export function createdIn({ from, until }: { readonly from: Date; readonly until: Date }) {
  return {
    gte: Math.floor(from.getTime() / 1000),
    lt: Math.ceil(until.getTime() / 1000),
  };
}
