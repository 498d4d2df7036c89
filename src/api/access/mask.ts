// Personal data in an answer, made unreadable for who may not see it. It looks at names of fields, so that a new route
// is masked without knowing of it.
const hidden = "•••";

/** Hidden wherever they stand. */
const always = new Set(
  "email phone line1 line2 street customer recipient company taxIds customFields metadata notes to subject mailTo lines2".split(
    " ",
  ),
);
/** Hidden where they stand beside or in a party. */
const parties = new Set(["buyer", "shipTo", "billTo", "party", "sender"]);
/** Values of fields that were amended or decided on. */
const values = new Set(["before", "after", "asked"]);

export function masked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(masked);
  if (typeof value !== "object" || value === null) return value;
  // A fact by its path: { field: "shipTo.address.line1", value, suggestion }.
  const isFact = "field" in value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      if (isFact && (key === "value" || key === "suggestion")) return [key, hide(inner)];
      if (parties.has(key)) return [key, maskedParty(inner)];
      if (always.has(key) || values.has(key)) return [key, hide(inner)];
      return [key, key === "message" ? withoutQuotes(inner) : masked(inner)];
    }),
  );
}

/** Why something stands still may be read, but not what of the customer's it quotes. */
const withoutQuotes = (message: unknown) =>
  typeof message === "string" ? message.replaceAll(/"[^"]*"/g, `"${hidden}"`) : masked(message);

/** The country and the town may be seen: who plans deliveries needs them. */
function maskedParty(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return hide(value);
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      if (key === "country" || key === "city") return [key, inner];
      return [key, typeof inner === "object" ? maskedParty(inner) : hide(inner)];
    }),
  );
}

/** The shape stays: what reads the answer finds text where there was text. */
function hide(value: unknown): unknown {
  if (typeof value === "string") return value.includes("@") ? `${hidden}@${hidden}` : hidden;
  if (Array.isArray(value)) return value.map(hide);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, hide(inner)]));
}
