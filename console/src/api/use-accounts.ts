import { text as bounded, z } from "./jitless-zod.ts";
import { useLoad } from "./use-load.ts";

const text = bounded(2000);
const time = z.nullable(z.iso.datetime());

const account = z.object({
  account: text,
  provider: text,
  stores: z.array(text),
  roles: z.array(text),
  isSimulated: z.boolean(),
  limits: z.object({ concurrent: z.optional(z.number()), perSecond: z.optional(z.number()) }),
  state: z.enum(["closed", "open", "half-open"]),
  since: time,
  nextTestAt: time,
  heldUntil: time,
  why: z.nullable(z.object({ cause: text, message: text })),
  paused: z.nullable(z.object({ since: z.iso.datetime(), by: text, reason: text })),
  keySince: time,
  waiting: z.int(),
  rate: z.int(),
});
export type Account = Readonly<z.infer<typeof account>>;

/** Their health is no order: it is asked for every few seconds while it is looked at. */
export const useAccounts = () =>
  useLoad(["orders", "accounts"], "/api/accounts", z.object({ accounts: z.array(account) }), {
    everyMs: 10_000,
  });
