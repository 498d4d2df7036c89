/** One plain address; no lists, no display names, no line breaks, nothing invisible. */
export function isEmail(text: string | undefined): text is string {
  return text !== undefined && text.length <= 254 && plainAddress.test(text);
}

const part = String.raw`[^\s@.,;:<>()[\]\\"\p{C}]`;
const plainAddress = new RegExp(`^(?:${part}|\\.){1,64}@(?:${part}{1,63}\\.)+${part}{2,63}$`, "u");
