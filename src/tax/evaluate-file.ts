// A whole file of cases: each is evaluated by itself, so that one that cannot be read spoils no other.
import { type Evaluated, evaluateCase } from "./evaluate-case.ts";
import { type VatCase, vatCaseSchema } from "./vat-case.ts";

export type Judged =
  | ({ readonly kind: "evaluated" } & Evaluated)
  | { readonly kind: "unreadable"; readonly id: string; readonly error: string };

/** A list of cases, or an object that holds one as `vectors` or `cases`. Throws when it is neither. */
export function evaluateFile(content: unknown): readonly Judged[] {
  const cases = listOf(content);
  const taxPoints = new Map(cases.flatMap((one) => taxPointOf(one)));
  const seen = new Set<string>();
  return cases.map((one, index) => judge(one, `#${index + 1}`, taxPoints, seen));
}

function listOf(content: unknown): readonly unknown[] {
  const list = Array.isArray(content)
    ? content
    : (field(content, "vectors") ?? field(content, "cases"));
  if (Array.isArray(list) && list.length > 0) return list;
  throw new Error('The file holds no cases: it must be a list, or {"vectors": [...]}.');
}

function judge(
  one: unknown,
  place: string,
  taxPoints: ReadonlyMap<string, string>,
  seen: Set<string>,
): Judged {
  const named = field(one, "id");
  const id = typeof named === "string" && named !== "" ? named : place;
  const unreadable = (error: string): Judged => ({ kind: "unreadable", id, error });
  const parsed = vatCaseSchema.safeParse(one);
  if (!parsed.success) {
    const issues = parsed.error.issues.slice(0, 3);
    return unreadable(
      issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; "),
    );
  }
  if (seen.has(id)) return unreadable("id: another case has the same");
  seen.add(id);
  try {
    return { kind: "evaluated", ...evaluateCase(asOfOriginal(parsed.data, taxPoints)) };
  } catch (error) {
    // An amount with more decimals than its currency has, for one.
    if (error instanceof RangeError) return unreadable(error.message);
    throw error;
  }
}

/** A credit note has the rates of the invoice that it corrects, whatever they are on the day of the refund. */
function asOfOriginal(vatCase: VatCase, taxPoints: ReadonlyMap<string, string>): VatCase {
  if (vatCase.document_type !== "credit_note") return vatCase;
  const words = (vatCase.preceding_document ?? "").split(/[\s,;]+/);
  const original = words.map((word) => taxPoints.get(word)).find((day) => day !== undefined);
  return original === undefined ? vatCase : { ...vatCase, tax_point_date: original };
}

function taxPointOf(one: unknown): [string, string][] {
  const [id, day] = [field(one, "id"), field(one, "tax_point_date")];
  return typeof id === "string" && typeof day === "string" ? [[id, day]] : [];
}

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null
    ? Object.getOwnPropertyDescriptor(value, name)?.value
    : undefined;
}
