import { text as bounded, z } from "../../api/jitless-zod.ts";

const text = bounded(5000);
const maybe = z.optional(text);
/** What the letters of this release have to say; a template of the shop's own may have other names. */
const letterSchema = z.object({
  title: maybe,
  greeting: maybe,
  text: maybe,
  notes: z.optional(z.array(z.object({ line: text }))),
  tracking_title: maybe,
  tracking_number: maybe,
  items: z.optional(z.array(z.object({ description: text, quantity: text, amount: text }))),
  total_label: maybe,
  total_amount: maybe,
  address_title: maybe,
  address: z.optional(z.array(z.object({ line: text }))),
  closing: maybe,
});

interface MailTextProps {
  readonly variables: Readonly<Record<string, unknown>>;
  readonly lang: string;
}

/** The letter as it reads, without its looks. */
export function MailText({ variables, lang }: MailTextProps) {
  const letter = letterSchema.safeParse(variables).data;
  if (!letter) return null;
  const { items = [], notes = [], address = [] } = letter;
  const lines = [
    letter.title,
    letter.greeting,
    letter.text,
    ...notes.map(({ line }) => line),
    pair(letter.tracking_title, letter.tracking_number),
    ...items.map((item) => `${item.quantity} × ${item.description}, ${item.amount}`),
    pair(letter.total_label, letter.total_amount),
    pair(letter.address_title, address.map(({ line }) => line).join(", ")),
    letter.closing,
  ].filter((line): line is string => Boolean(line));
  return (
    <div className="mail-text" lang={lang}>
      {[...new Set(lines)].map((line) => (
        <p key={line}>{line}</p>
      ))}
    </div>
  );
}

const pair = (name: string | undefined, value: string | undefined) =>
  name && value ? `${name}: ${value}` : undefined;
