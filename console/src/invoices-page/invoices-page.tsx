import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { text as bounded, z } from "../api/jitless-zod.ts";
import { useLoad } from "../api/use-load.ts";
import { words } from "../language/words.ts";
import { MarkIcon } from "../shell/mark-icon.tsx";
import { OfficePage } from "../shell/office-page.tsx";
import { OrderLink } from "../shell/order-link.tsx";
import { Sheet } from "../shell/sheet.tsx";
import { formatMoney } from "../words/format-money.ts";
import { formatDay } from "../words/format-time.ts";
import { countryName } from "../words/place-name.ts";
import { differenceOf, type Invoice, vatByCountry } from "./invoice-sums.ts";
import { saveInvoices } from "./save-invoices.ts";

const text = bounded(2000);
const minor = z.object({ minor: text });
const invoiceSchema = z.object({
  reference: text,
  shopOrder: z.nullable(text),
  invoiceNumber: text,
  madeAt: z.iso.datetime(),
  currency: text,
  paid: text,
  invoiced: z.nullable(text),
  refunded: text,
  territory: z.nullable(text),
  explanation: z.nullable(text),
  groups: z.array(z.object({ ratePercent: text, net: minor, vat: minor, gross: minor })),
});
const monthSchema = z.object({ invoices: z.array(invoiceSchema), notYet: z.int() });

/** "2026-11" of today, where the reader is. */
function thisMonth(): string {
  const now = new Date();
  return `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, "0")}`;
}

function addressOf(month: string): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  const from = new Date(year, number - 1, 1).toISOString();
  const until = new Date(year, number, 1).toISOString();
  return `/api/reports/invoices?${new URLSearchParams({ from, until })}`;
}

/** Every invoice of a month against its payment. */
export function InvoicesPage() {
  const { invoices: say, shell } = words();
  const [month, setMonth] = useState(thisMonth);
  const query = useLoad(["orders", "invoices", month], addressOf(month), monthSchema);
  const aside = (
    <div className="fields">
      <TextInput
        type="month"
        label={say.month}
        value={month}
        onChange={({ currentTarget: { value } }) => /^\d{4}-\d\d$/.test(value) && setMonth(value)}
      />
      <Button
        variant="default"
        disabled={!query.data?.invoices.length}
        onClick={() => query.data && saveInvoices(month, query.data.invoices)}
      >
        {shell.download}
      </Button>
    </div>
  );
  return (
    <OfficePage title={say.title} intro={say.intro} query={query} aside={aside}>
      {({ invoices, notYet }) => (
        <>
          <Verdict invoices={invoices} />
          {notYet > 0 && <p>{say.notYet(notYet)}</p>}
          {invoices.length === 0 ? (
            <p className="panel empty">{say.none}</p>
          ) : (
            <>
              <InvoiceSheet invoices={invoices} />
              <VatSheet invoices={invoices} />
            </>
          )}
        </>
      )}
    </OfficePage>
  );
}

interface InvoicesProps {
  readonly invoices: readonly Invoice[];
}

function Verdict({ invoices }: InvoicesProps) {
  const { invoices: say } = words();
  const differing = invoices.filter((one) => differenceOf(one) !== 0n);
  if (invoices.length === 0) return null;
  const isEqual = differing.length === 0;
  return (
    <p className={`verdict ${isEqual ? "done" : "needs-you"}`}>
      <MarkIcon mark={isEqual ? "done" : "needs-you"} />{" "}
      {isEqual ? say.allEqual : say.differs(differing.length)}{" "}
      {differing.map((one) => (
        <OrderLink key={one.reference} {...one} />
      ))}
    </p>
  );
}

function InvoiceSheet({ invoices }: InvoicesProps) {
  const { columns, title, why } = words().invoices;
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
      rows={invoices.map((one) => {
        const money = (amount: string | bigint) =>
          formatMoney({ minor: String(amount), currency: one.currency });
        return {
          key: one.reference,
          cells: [
            one.invoiceNumber,
            <OrderLink key="order" {...one} />,
            formatDay(one.madeAt),
            money(one.paid),
            one.invoiced === null ? "–" : money(one.invoiced),
            one.invoiced === null ? "–" : money(differenceOf(one)),
            <details key="why">
              <summary>
                {one.groups.map((group) => `${group.ratePercent} %`).join(", ")}{" "}
                {one.territory && countryName(one.territory)}
                <span className="visually-hidden"> {why}</span>
              </summary>
              {one.explanation}
            </details>,
          ],
        };
      })}
    />
  );
}

function VatSheet({ invoices }: InvoicesProps) {
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
