/** PostgreSQL's text holds no NUL, and a provider's words may: they must not keep an outcome from being written. */
export function storable(text: string): string {
  return text.replaceAll("\0", "\ufffd");
}
