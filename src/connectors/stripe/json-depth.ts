/**
 * How deeply arrays and objects nest in a JSON text, in one pass and without recursion: JSON.parse
 * survives a million brackets, but whoever walks or prints the result afterwards does not.
 */
export function jsonDepth(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let i = 0; i < text.length; i++) {
    switch (text.charCodeAt(i)) {
      case quote:
        i = endOfString(text, i + 1);
        break;
      case openBrace:
      case openBracket:
        deepest = Math.max(deepest, ++depth);
        break;
      case closeBrace:
      case closeBracket:
        depth -= 1;
    }
  }
  return deepest;
}

const [quote, backslash, openBrace, openBracket, closeBrace, closeBracket] = [...'"\\{[}]'].map(
  (char) => char.charCodeAt(0),
);

/** Most of a text is strings: the engine looks for their ends much faster than we do. */
function endOfString(text: string, from: number): number {
  for (let end = text.indexOf('"', from); end !== -1; end = text.indexOf('"', end + 1)) {
    let escapes = 0;
    while (text.charCodeAt(end - 1 - escapes) === backslash) escapes += 1;
    if (escapes % 2 === 0) return end;
  }
  return text.length;
}
