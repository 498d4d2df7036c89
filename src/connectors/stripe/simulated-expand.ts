// `expand[]`: references become objects, and fields that Stripe shows only on request appear.
// https://docs.stripe.com/expand
import { badRequest } from "./simulated-answer.ts";
import { at, isRecord, type StripeObject, withAt } from "./stripe-object.ts";

/** "reference": an id that may be replaced by its object. "hidden": absent unless asked for. */
const fields: Readonly<Record<string, Readonly<Record<string, "reference" | "hidden">>>> = {
  "checkout.session": {
    customer: "reference",
    payment_intent: "reference",
    "shipping_cost.shipping_rate": "reference",
    "shipping_cost.taxes": "hidden",
    "total_details.breakdown": "hidden",
    line_items: "hidden",
  },
  item: { "price.product": "reference", taxes: "hidden", discounts: "hidden" },
  payment_intent: {
    customer: "reference",
    latest_charge: "reference",
    "amount_details.line_items": "hidden",
  },
  charge: { customer: "reference", payment_intent: "reference" },
  refund: { charge: "reference", payment_intent: "reference" },
  price: { product: "reference" },
};

const maxDepth = 4;
const includedItems = 10;

export type LookUp = (id: string) => StripeObject | undefined;

/** `paths` as the request names them; `prefix` is "data." in lists, whose depth counts. */
export function expandPaths(paths: readonly string[], prefix: "" | "data."): string[] {
  return paths.map((path) => {
    if (path.split(".").length > maxDepth) {
      throw badRequest(
        `You cannot expand more than ${maxDepth} levels of a property. Property: ${path}`,
      );
    }
    if (!path.startsWith(prefix)) throw notExpandable(path);
    return path.slice(prefix.length);
  });
}

/** The object as Stripe answers it: hidden fields left out, references as ids, but for `paths`. */
export function shown(object: StripeObject, paths: readonly string[], lookUp: LookUp): unknown {
  const known = fields[object.object] ?? {};
  const wanted = new Map<string, string[]>();
  for (const path of paths) {
    const field = Object.keys(known).find((name) => path === name || path.startsWith(`${name}.`));
    if (!field) throw notExpandable(path);
    const rest = path.slice(field.length + 1);
    wanted.set(field, [...(wanted.get(field) ?? []), ...(rest ? [rest] : [])]);
  }
  let result: unknown = object;
  for (const [field, kind] of Object.entries(known)) {
    const path = field.split(".");
    const value = at(object, ...path);
    const inner = wanted.get(field);
    if (kind === "hidden") {
      const visible = inner ? included(value, inner, lookUp) : undefined;
      result = withAt(result, path, visible);
    } else if (inner && typeof value === "string") {
      const target = lookUp(value);
      if (target) result = withAt(result, path, shown(target, inner, lookUp));
    }
  }
  return result;
}

/** A list shows its first ten; anything else is shown as it is. */
function included(value: unknown, paths: readonly string[], lookUp: LookUp): unknown {
  if (!isRecord(value) || !Array.isArray(value.data)) return value;
  const inner = expandPaths(paths, "data.");
  const first: StripeObject[] = value.data.slice(0, includedItems);
  const data = first.map((item) => shown(item, inner, lookUp));
  return { ...value, data, has_more: value.data.length > includedItems };
}

function notExpandable(path: string) {
  return badRequest(`This property cannot be expanded (${path}).`, { param: "expand" });
}
