// Mailgun fills in placeholders such as %recipient.x% wherever they stand, in a customer's name
// too.

const placeholder =
  /%(?=(?:recipient|unsubscribe_url|tag_unsubscribe_url|mailing_list_unsubscribe_url)\b)/gi;
const wordJoiner = "\u2060";

/** Looks the same and is never filled in: an invisible joiner breaks the placeholder. */
export function literalText(text: string): string {
  return text.replace(placeholder, `%${wordJoiner}`);
}

/** The same for a subject, which has no layout around it: its braces are broken too. */
export function literalSubject(text: string): string {
  return literalText(text).replace(/\{(?=\{)/g, `{${wordJoiner}`);
}
