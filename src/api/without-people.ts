// An event without whom it is about: its shape, its numbers and the words of the provider stay, what people wrote goes.

/** What a provider's own words look like: an id, a type, a code, a date, a number. */
const plain = /^[\w.:-]{1,100}$/;
/** Whatever stands below these is about a person, even where it looks like a code. */
const personal =
  /name|email|phone|address|line[12]|city|postal|state|description|text|custom|metadata|tax_id|value|ip|receipt|statement|url|secret/i;
const hidden = "[hidden]";

/** Undefined when it is no JSON. */
export function withoutPeople(body: Uint8Array): unknown {
  try {
    return hide(JSON.parse(new TextDecoder().decode(body)), false);
  } catch {
    return undefined;
  }
}

function hide(value: unknown, isPersonal: boolean): unknown {
  if (typeof value === "string") return !isPersonal && plain.test(value) ? value : hidden;
  if (Array.isArray(value)) return value.map((one) => hide(one, isPersonal));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, hide(one, isPersonal || isAbout(key))]),
  );
}

/** "payment_method_details" has a part that ends in none of them; "customer_details" is the person. */
const isAbout = (key: string) => personal.test(key) || /^customer|^billing|^shipping/.test(key);
