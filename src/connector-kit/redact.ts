// Takes secrets out of what others say, before it is stored, logged or shown: by value, and by the shape of a key.

export type Redact = (text: string) => string;

const mark = "[secret]";

/** A text may have been cut in the middle of a secret: so much of its beginning is enough to know it by. */
const headLength = 10;
const shortestSecret = 6;

// What is never a word of a sentence: credentials in a header, a key of a known make, name=value, a password in a URL.
const shapes: readonly (readonly [shape: RegExp, instead: string])[] = [
  [/\b(Bearer|Basic|Zoho-oauthtoken)\s+[\w.~+/=:-]{8,}/gi, `$1 ${mark}`],
  [/\b(?:[srp]k_(?:live|test)|rk|whsec)_\w{4,}/g, mark],
  [/(?<!\d)\d{6,12}:[\w-]{20,}/g, mark],
  [/(:\/\/)[^\s/@:]*:[^\s/@]+@/g, `$1${mark}@`],
  [
    /\b((?:api|access|refresh|client|secret|auth|bot)?[_-]?(?:key|token|secret|password|signature))(\\?["']?\s*[=:]\s*\\?["']|=)[^\s"'\\&,;<>]{4,}/gi,
    `$1$2${mark}`,
  ],
];

/** `secrets`: every value that must not be told; several may stand in one, parted by commas or blanks. */
export function redactor(secrets: readonly string[]): Redact {
  const values = [...new Set(secrets.flatMap((secret) => [secret, ...secret.split(/[\s,]+/)]))]
    .filter((value) => value.length >= shortestSecret)
    .flatMap((value) => [value, encodeURIComponent(value)])
    .sort((a, b) => b.length - a.length);
  return (text) => {
    const known = withoutValues(text, values, mark);
    return shapes.reduce((rest, [shape, instead]) => rest.replace(shape, instead), known);
  };
}

/** `values`, and what is left of one where the text was cut in its middle, replaced by `instead`. */
export function withoutValues(text: string, values: readonly string[], instead: string): string {
  // The whole ones first: an encoded value begins as the plain one does.
  const whole = values.reduce((rest, value) => rest.replaceAll(value, () => instead), text);
  return values.reduce((rest, value) => withoutBeginning(rest, value, instead), whole);
}

function withoutBeginning(text: string, value: string, instead: string): string {
  const head = value.slice(0, headLength);
  let rest = text;
  let clean = "";
  for (let at = rest.indexOf(head); at >= 0; at = rest.indexOf(head)) {
    let end = at + head.length;
    while (end < rest.length && end - at < value.length && rest[end] === value[end - at]) end += 1;
    clean += rest.slice(0, at) + instead;
    rest = rest.slice(end);
  }
  return clean + rest;
}

/** An error as it may be logged: no more than its name, code, words and stack. What drivers hang on it is data. */
export function loggable(thrown: unknown, redact: Redact): Error {
  if (!(thrown instanceof Error)) return new Error(redact(String(thrown).slice(0, maxLength)));
  const told = new Error(redact(wordsOf(thrown)));
  told.name = thrown.name;
  told.stack = redact((thrown.stack ?? "").slice(0, maxLength));
  const code = "code" in thrown && typeof thrown.code === "string" ? thrown.code : undefined;
  return code === undefined ? told : Object.assign(told, { code });
}

const maxLength = 8000;

function wordsOf({ message, cause }: Error): string {
  const words = message.slice(0, maxLength);
  return cause instanceof Error ? `${words} (${cause.message.slice(0, maxLength)})` : words;
}
