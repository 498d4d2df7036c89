import { text as bounded, z } from "./jitless-zod.ts";
import { useLoad } from "./use-load.ts";

const text = bounded(2000);
const configuration = z.object({
  stores: z.array(
    z.object({
      store: text,
      shopName: text,
      timeZone: text,
      country: text,
      vatNumber: z.nullable(text),
      isInOss: z.boolean(),
      webhook: text,
    }),
  ),
  retention: z.nullable(
    z.object({ letters: z.int(), labels: z.int(), customers: z.int(), invoices: z.int() }),
  ),
  letters: z.array(text),
  languages: z.array(text),
});

/** What ordna.config.ts says. */
export const useConfiguration = () =>
  useLoad(["configuration"], "/api/configuration", configuration);
