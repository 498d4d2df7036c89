// Which orders a list shows: by how they stand, by a view that people keep, by what they are found by.
import type { Value } from "./database/database.ts";
import type { OrderRecord } from "./ledger.ts";
import { ofStores, type Stores } from "./store-of.ts";

export const orderStates = ["open", "waiting", "attention", "done", "cancelled"] as const;
export const orderViews = ["unprinted", "business", "refunded"] as const;

export interface OrderFilter {
  /** "waiting" are the open ones that wait out an outage or a doubt; "open" are the others. */
  readonly state?: OrderRecord["state"] | "waiting" | undefined;
  readonly view?: (typeof orderViews)[number] | undefined;
  /** Came in at that moment or later. */
  readonly since?: Date | undefined;
  /** Number, name, e-mail, tracking, invoice, amount: all its words must fit. */
  readonly find?: string | undefined;
  readonly stores?: Stores | undefined;
}

/** Some step failed and will be tried again by itself. */
const waits = `exists (select 1 from run r join step s on s.run = r.id where r.reference = o.reference
  and s.cause is not null and s.state in ('ready', 'unknown', 'parked'))`;

const viewed: Readonly<Record<(typeof orderViews)[number], string>> = {
  unprinted:
    "o.reference in (select r.reference from unprinted_label u join run r on r.id = u.run)",
  business: `(o.facts#>>'{buyer,company}' is not null or o.facts#>>'{taxIds,0,value}' is not null)`,
  refunded: `exists (select 1 from refund f where f.source = o.source
    and f.payment_intent = o.payment_intent and f.refunded_minor > 0)`,
};

/** Conditions on `orders o`; `param` gives a value its place among the parameters. */
export function orderFilter(filter: OrderFilter, param: (value: Value) => string): string {
  const conditions: string[] = [];
  if (filter.state === "waiting") conditions.push(`o.state = 'open' and ${waits}`);
  else if (filter.state === "open") conditions.push(`o.state = 'open' and not ${waits}`);
  else if (filter.state) conditions.push(`o.state = ${param(filter.state)}`);
  if (filter.stores) conditions.push(ofStores("o.store", param(filter.stores), filter.stores));
  if (filter.view) conditions.push(viewed[filter.view]);
  if (filter.since) conditions.push(`o.created_at >= ${param(filter.since)}::timestamptz`);
  for (const word of wordsOf(filter.find ?? "")) conditions.push(fits(word, param));
  return conditions.length > 0 ? conditions.join(" and ") : "true";
}

const mostWords = 6;
/** So much of a number's end is enough to know it by. */
const shortestEnd = 4;

function wordsOf(text: string): readonly string[] {
  const plain = text.toLowerCase().replaceAll(/[€$£]/g, " ").trim();
  // A telephone number is kept without what people write between its figures.
  if (/^(\+|\d+[\s()])[\d\s()-]+$/.test(plain)) return [plain.replaceAll(/\D/g, "")];
  return plain
    .split(/\s+/)
    .slice(0, mostWords)
    .filter((word) => word !== "");
}

function fits(word: string, param: (value: Value) => string): string {
  // Compared byte by byte, as the index is: a pattern of LIKE would not find it once the statement is prepared.
  const begins = (column: string, start: string) =>
    `${column} ~>=~ ${param(start)} and ${column} ~<~ ${param(`${start}\u{10FFFF}`)}`;
  const ways = [`select reference from order_word where ${begins("word", word)}`];
  if (word.length >= shortestEnd && /\d/.test(word)) {
    const end = [...word].reverse().join("");
    ways.push(
      `select reference from order_word where word ~ '[0-9]' and ${begins("reverse(word)", end)}`,
    );
  }
  const amounts = amountsOf(word);
  if (amounts.length > 0) {
    ways.push(`select reference from order_word where word = any (${param(amounts)}::text[])`);
  }
  // As an array: how many orders a word has is guessed far too high, and all orders would be read to find one.
  return `o.reference = any (array(${ways.join(" union ")}))`;
}

/** "159,63" is 15963 in minor units; "159" may be 159 or 15900. */
function amountsOf(word: string): readonly string[] {
  const [, whole = "", decimals = ""] = /^(\d{1,12})(?:[.,](\d{1,3}))?$/.exec(word) ?? [];
  if (whole === "") return [];
  const figures = Number(whole + decimals.padEnd(2, "0"));
  return decimals === "" ? [`=${Number(whole)}`, `=${figures}`] : [`=${figures}`];
}
