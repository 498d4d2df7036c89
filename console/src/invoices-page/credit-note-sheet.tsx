import { words } from "../language/words.ts";
import { OrderLink } from "../shell/order-link.tsx";
import { Sheet } from "../shell/sheet.tsx";
import { formatMoney } from "../words/format-money.ts";
import { formatDay } from "../words/format-time.ts";

export interface CreditNote {
  readonly reference: string;
  readonly shopOrder: string | null;
  readonly creditNoteNumber: string;
  readonly invoiceNumber: string | null;
  readonly issuedOn: string;
  readonly currency: string;
  readonly credited: string | null;
  readonly refunded: string;
}

/** Each credit note beside the invoice that it takes back, and what went back to the customer. */
export function CreditNoteSheet({ creditNotes }: { readonly creditNotes: readonly CreditNote[] }) {
  const { invoices: say } = words();
  return (
    <section aria-labelledby="credit-notes">
      <h2 id="credit-notes">{say.creditNotes}</h2>
      {creditNotes.length === 0 ? (
        <p className="soft">{say.noCreditNotes}</p>
      ) : (
        <Sheet
          caption={say.creditNotes}
          columns={[
            { name: say.creditNote },
            { name: say.corrects },
            { name: say.columns.order },
            { name: say.columns.date },
            { name: say.credited, isAmount: true },
            { name: say.refunds, isAmount: true },
          ]}
          rows={creditNotes.map((one) => {
            const money = (minor: string) => formatMoney({ minor, currency: one.currency });
            return {
              key: one.creditNoteNumber,
              cells: [
                one.creditNoteNumber,
                one.invoiceNumber ?? "–",
                <OrderLink key="order" {...one} />,
                formatDay(one.issuedOn),
                one.credited === null ? "–" : money(one.credited),
                money(one.refunded),
              ],
            };
          })}
        />
      )}
    </section>
  );
}
