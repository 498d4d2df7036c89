import { IntlMessageFormat } from "intl-messageformat";
import { catalogue, type Language, type MessageId } from "./catalogue.ts";

const compiled = new Map<string, IntlMessageFormat>();

/**
 * One message in `language`. Throws when a value is missing; values stay plain text, whatever is in
 * them.
 */
export function translate(
  language: Language,
  id: MessageId,
  values: Readonly<Record<string, string | number>> = {},
): string {
  const key = `${language} ${id}`;
  let message = compiled.get(key);
  if (!message) {
    // Without ignoreTag a "<" in a message would be read as a rich-text tag.
    message = new IntlMessageFormat(catalogue[language][id], language, undefined, {
      ignoreTag: true,
    });
    compiled.set(key, message);
  }
  return String(message.format({ ...values }));
}
