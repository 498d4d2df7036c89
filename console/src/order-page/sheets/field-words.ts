import { words } from "../../language/words.ts";

interface FieldWords {
  readonly label: string;
  readonly autoComplete?: string;
  readonly inputMode?: "numeric" | "email" | "tel";
}

/** What a fact is called on the page, and which keyboard a phone shows for it. */
export function fieldWords(field: string): FieldWords {
  const { fix } = words();
  const known: Readonly<Record<string, FieldWords>> = {
    line1: { label: fix.street },
    line2: { label: fix.street2 },
    postalCode: { label: fix.postalCode },
    city: { label: fix.city },
    state: { label: fix.state },
    country: { label: fix.country },
    name: { label: fix.name },
    company: { label: fix.company },
    email: { label: fix.email, inputMode: "email" },
    phone: { label: fix.phone, inputMode: "tel" },
    weightGrams: { label: fix.weight, inputMode: "numeric" },
    hsCode: { label: fix.hsCode, inputMode: "numeric" },
    originCountry: { label: fix.origin },
    description: { label: fix.goods },
    vatId: { label: fix.vatId },
    service: { label: fix.service },
  };
  // The customer's, not the reader's: the browser must not fill in its own.
  const { label = field, ...rest } = known[field.split(".").at(-1) ?? ""] ?? {};
  return { label, autoComplete: "off", ...rest };
}
