/**
 * Whether arrays and objects nest deeper than that in a JSON text, and in its value. JSON.parse survives a million
 * brackets, but whoever walks or prints its result afterwards does not.
 */
export function nestsDeeperThan(most: number, text: string, value: unknown): boolean {
  // Hardly any letter has so many brackets, and counting them is much cheaper than walking.
  return times(text, "{") + times(text, "[") > most && isDeeper(most, value);
}

function times(text: string, char: string): number {
  let count = 0;
  for (let at = text.indexOf(char); at !== -1; at = text.indexOf(char, at + 1)) count += 1;
  return count;
}

/** Goes no deeper than `most` itself. */
function isDeeper(most: number, value: unknown): boolean {
  if (value === null || typeof value !== "object") return false;
  return most === 0 || Object.values(value).some((inner) => isDeeper(most - 1, inner));
}
