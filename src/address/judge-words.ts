import type { AddressField, AddressProblem, WrittenAddress } from "./address-codes.ts";
import { instruction, military, placeholder } from "./address-words.ts";
import { transliterate } from "./transliterate.ts";

const printed = [
  "name",
  "company",
  "line1",
  "line2",
  "city",
] as const satisfies readonly AddressField[];
const rightToLeft = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}]/u;
/** Letters, marks and signs that every carrier's label printer has. */
const printable =
  /^[\p{Script=Latin}\p{N}\p{M}\p{Zs}\p{Sc}.,:;'’‘ʼ"“”„«»‹›`´/\\&()[\]{}+\-–—_#*@!?%=°ºª№|<>~^§·]*$/u;

/** What stands in the fields, whatever the country. */
export function judgeWords(address: WrittenAddress): AddressProblem[] {
  const problems: AddressProblem[] = [];
  for (const field of printed) {
    const text = address[field];
    if (!text) continue;
    if (placeholder.test(text)) {
      const why = `"${text.slice(0, 30)}" stands where something was to be filled in.`;
      problems.push({ code: "PLACEHOLDER_TEXT", field, why, holds: true });
    }
    const unprintable = unprintableIn(field, transliterate(text, address.country));
    if (unprintable) problems.push(unprintable);
    if (field !== "name" && military.test(text)) {
      const why = "A military address is served by the forces' own post only.";
      problems.push({ code: "MILITARY_ADDRESS", field, why, holds: true });
    }
    if ((field === "line1" || field === "line2") && instruction.test(text)) {
      const why = "This is said to the driver, and belongs into the note.";
      const suggestion = field === "line2" ? { suggestion: { line2: "" } } : {};
      problems.push({ code: "EMBEDDED_INSTRUCTIONS", field, why, holds: false, ...suggestion });
    }
  }
  return problems;
}

function unprintableIn(field: AddressField, latin: string): AddressProblem | undefined {
  if (printable.test(latin)) return undefined;
  const isName = field === "name" || field === "company";
  if (isName && rightToLeft.test(latin)) {
    const why = "The name is written from right to left: carriers need it in Latin letters.";
    return { code: "RTL_NAME", field, why, holds: true };
  }
  const why = "It holds characters that a label cannot carry.";
  return { code: "UNSUPPORTED_CHARACTERS", field, why, holds: true };
}
