// Search of the simulated Zoho: it reads an index that lags, and its "equals" behaves like
// "contains".

/** A test of one record, or undefined when the request names nothing to search for. */
export function searchTest(
  query: URLSearchParams,
): ((record: Readonly<Record<string, unknown>>) => boolean) | undefined {
  const criteria = query.get("criteria");
  if (criteria !== null) {
    const conditions = conditionsOf(criteria);
    if (conditions.length === 0) return undefined;
    return (record) => conditions.every(({ field, value }) => contains(record[field], value));
  }
  const email = query.get("email");
  if (email !== null) return (record) => contains(record.Email, email);
  const phone = query.get("phone");
  if (phone !== null) return (record) => contains(record.Phone, phone);
  const word = query.get("word");
  if (word !== null) return (record) => Object.values(record).some((v) => contains(v, word));
  return undefined;
}

/**
 * `((Email:equals:x)and(Last_Name:starts_with:y))`; `( ) , \` inside a value are escaped with a
 * backslash.
 */
function conditionsOf(criteria: string) {
  const matches = criteria.matchAll(/\((\w+):(?:equals|starts_with):((?:[^()\\]|\\.)*)\)/g);
  return [...matches].map(([, field = "", value = ""]) => ({
    field,
    value: value.replace(/\\(.)/g, "$1"),
  }));
}

function contains(held: unknown, wanted: string): boolean {
  return typeof held === "string" && blurred(held).includes(blurred(wanted));
}

/** Punctuation may match other punctuation: sales-team@ finds sales_team@. */
const blurred = (text: string) => text.toLowerCase().replace(/[-_@.,:]/g, "-");
