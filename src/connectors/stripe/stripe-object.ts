// Stripe's objects as the simulator keeps them: whole, with every field that is only shown on
// request inside.

export interface StripeObject {
  readonly id: string;
  readonly object: string;
  readonly [field: string]: unknown;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isStripeObject(value: unknown): value is StripeObject {
  return isRecord(value) && typeof value.id === "string" && typeof value.object === "string";
}

/** The value under `path`, if there is one. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((v, key) => (isRecord(v) ? v[key] : undefined), value);
}

/** A copy with another value under `path`; undefined takes the field away. */
export function withAt(
  value: unknown,
  [key, ...rest]: readonly string[],
  replacement: unknown,
): unknown {
  if (key === undefined) return replacement;
  if (!isRecord(value)) return value;
  const inner = withAt(value[key], rest, replacement);
  if (inner !== undefined) return { ...value, [key]: inner };
  const { [key]: _gone, ...others } = value;
  return others;
}
