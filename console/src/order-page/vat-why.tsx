import { text as bounded, z } from "../api/jitless-zod.ts";
import type { OrderDetail } from "../api/order-schema.ts";
import { words } from "../language/words.ts";
import { countryName } from "../words/place-name.ts";

const text = bounded(5000);
const checkSchema = z.object({
  vat: z.object({
    scheme: text,
    territory: text,
    explanation: text,
    groups: z.array(z.object({ ratePercent: text })),
  }),
});

/** Which rule gave this VAT. */
export function VatWhy({ order }: { readonly order: OrderDetail }) {
  const { order: say } = words();
  const check = checkSchema.safeParse(order.outputs.check).data;
  if (!check) return null;
  const { scheme, territory, explanation, groups } = check.vat;
  const facts = [
    [say.vatFacts.scheme, scheme],
    [say.vatFacts.country, countryName(territory)],
    [say.vatFacts.rate, groups.map(({ ratePercent }) => `${ratePercent} %`).join(", ")],
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
