/**
 * Beyond so many texts, statements are not kept: someone builds SQL out of values, and servers
 * forget nothing.
 */
const maxStatements = 256;

/** The name under which a statement is prepared on every connection. */
export function statementNames(): (text: string) => string | undefined {
  const names = new Map<string, string>();
  return (text) => {
    const known = names.get(text);
    if (known || names.size >= maxStatements) return known;
    const name = `ordna_${names.size + 1}`;
    names.set(text, name);
    return name;
  };
}
