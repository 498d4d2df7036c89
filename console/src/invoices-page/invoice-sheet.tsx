import { words } from "../language/words.ts";
import { OrderLink } from "../shell/order-link.tsx";
import { Sheet } from "../shell/sheet.tsx";
import { formatMoney } from "../words/format-money.ts";
import { formatDay } from "../words/format-time.ts";
import { countryName } from "../words/place-name.ts";
import { differenceOf, type Invoice, vatByCountry } from "./invoice-sums.ts";

interface InvoicesProps {
  readonly invoices: readonly Invoice[];
}

/** Each invoice beside its payment. */
export function InvoiceSheet({ invoices }: InvoicesProps) {
  const { columns, title } = words().invoices;
  return (
    <Sheet
      caption={title}
      columns={[
        { name: columns.number },
        { name: columns.order },
        { name: columns.date },
        { name: columns.paid, isAmount: true },
        { name: columns.invoiced, isAmount: true },
        { name: columns.difference, isAmount: true },
        { name: columns.vat },
      ]}
      rows={invoices.map((one) => ({ key: one.reference, cells: cellsOf(one) }))}
    />
  );
}

function cellsOf(one: Invoice) {
  const { why } = words().invoices;
  const money = (minor: string | bigint | null, currency = one.currency) =>
    minor === null ? "–" : formatMoney({ minor: String(minor), currency });
  return [
    one.invoiceNumber,
    <OrderLink key="order" {...one} />,
    formatDay(one.issuedOn),
    money(one.paid),
    money(one.invoiced, one.invoicedCurrency ?? one.currency),
    money(differenceOf(one)),
    <details key="why">
      <summary>
        {one.groups.map((group) => `${group.ratePercent} %`).join(", ")}{" "}
        {one.territory && countryName(one.territory)}
        <span className="visually-hidden"> {why}</span>
      </summary>
      {one.explanation}
    </details>,
  ];
}

/** What the invoices come to, as their VAT was decided. */
export function VatSheet({ invoices }: InvoicesProps) {
  const { invoices: say } = words();
  return (
    <section aria-labelledby="vat-by-country">
      <h2 id="vat-by-country">{say.byCountry}</h2>
      <Sheet
        caption={say.byCountry}
        columns={[
          { name: say.columns.country },
          { name: say.rate, isAmount: true },
          { name: say.net, isAmount: true },
          { name: say.columns.vat, isAmount: true },
          { name: say.gross, isAmount: true },
        ]}
        rows={vatByCountry(invoices).map(
          ({ territory, ratePercent, currency, net, vat, gross }) => {
            const money = (amount: bigint) => formatMoney({ minor: String(amount), currency });
            return {
              key: `${territory} ${ratePercent} ${currency}`,
              cells: [
                countryName(territory),
                `${ratePercent} %`,
                money(net),
                money(vat),
                money(gross),
              ],
            };
          },
        )}
      />
    </section>
  );
}
