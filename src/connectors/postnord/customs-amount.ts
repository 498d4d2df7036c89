import { customsMissing } from "../../connector-kit/customs-goods.ts";
import { exponentOf, type Money, toDecimal } from "../../order/money.ts";

/** A JSON number with two decimals at most: PostNord takes no string here. */
export function customsAmount(value: Money) {
  if (exponentOf(value.currency) > 2) {
    throw customsMissing("currency", `PostNord cannot declare amounts in ${value.currency}`);
  }
  return { amount: Number(toDecimal(value)), currency: value.currency };
}
