import type { Order } from "../../order/order.ts";
import type { PostnordLocale } from "./postnord-options.ts";

const spoken: ReadonlyMap<string, PostnordLocale> = new Map([
  ["sv", "sv"],
  ["da", "da"],
  ["no", "no"],
  ["nb", "no"],
  ["nn", "no"],
  ["fi", "fi"],
]);

/** The language of what the recipient reads. Without one PostNord writes Swedish. */
export function localeOf(order: Order, fixed: PostnordLocale | undefined): PostnordLocale {
  const language = order.locale.tag.toLowerCase().split(/[-_]/)[0] ?? "";
  return fixed ?? spoken.get(language) ?? "en";
}
