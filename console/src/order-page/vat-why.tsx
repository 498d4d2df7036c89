import { text as bounded, z } from "../api/jitless-zod.ts";
import type { OrderDetail } from "../api/order-schema.ts";
import { words } from "../language/words.ts";
import { formatTime } from "../words/format-time.ts";
import { countryName } from "../words/place-name.ts";

const text = bounded(5000);
const checkSchema = z.object({
  vat: z.object({
    scheme: text,
    territory: text,
    explanation: text,
    groups: z.array(z.object({ ratePercent: text })),
    mentions: z.optional(z.array(z.object({ text }))),
    consultation: z.optional(
      z.object({ vatId: text, consultedAt: text, requestIdentifier: z.optional(text) }),
    ),
  }),
});

type Consultation = NonNullable<z.infer<typeof checkSchema>["vat"]["consultation"]>;

/** Which rule gave this VAT. */
export function VatWhy({ order }: { readonly order: OrderDetail }) {
  const { order: say } = words();
  const check = checkSchema.safeParse(order.outputs.check).data;
  if (!check) return null;
  const { scheme, territory, explanation, groups, mentions = [], consultation } = check.vat;
  const facts = [
    [say.vatFacts.scheme, scheme],
    [say.vatFacts.country, countryName(territory)],
    [say.vatFacts.rate, groups.map(({ ratePercent }) => `${ratePercent} %`).join(", ")],
    ...(consultation ? proofOf(consultation) : []),
    ...mentions.map(({ text: mention }) => [say.vatFacts.mention, mention] as const),
  ] as const;
  return (
    <details className="vat-why">
      <summary>{say.vatWhy}</summary>
      <p lang="en">{explanation}</p>
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

/** What an inspector asks for: which number, when it was asked for, and the answer's own number. */
function proofOf({ vatId, consultedAt, requestIdentifier }: Consultation) {
  const { vatFacts } = words().order;
  const when = formatTime(new Date(consultedAt), new Date());
  const number = requestIdentifier && vatFacts.consultation(requestIdentifier);
  return [
    [vatFacts.number, vatId],
    [vatFacts.proof, [when, number].filter(Boolean).join(", ")],
  ] as const;
}
