import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { text as bounded, z } from "../api/jitless-zod.ts";
import { timeZone, useLoad } from "../api/use-load.ts";
import { words } from "../language/words.ts";
import { MarkIcon } from "../shell/mark-icon.tsx";
import { OfficePage } from "../shell/office-page.tsx";
import { OrderLink } from "../shell/order-link.tsx";
import { CloseMonth } from "./close-month.tsx";
import { CreditNoteSheet } from "./credit-note-sheet.tsx";
import { InvoiceSheet, VatSheet } from "./invoice-sheet.tsx";
import { differs, type Invoice, isUncredited } from "./invoice-sums.ts";
import { saveInvoices } from "./save-invoices.ts";

const text = bounded(2000);
const maybe = z.nullable(text);
const minor = z.object({ minor: text });
const ofOrder = { reference: text, shopOrder: maybe };
const monthSchema = z.object({
  invoices: z.array(
    z.object({
      ...ofOrder,
      invoiceNumber: text,
      issuedOn: text,
      currency: text,
      paid: text,
      invoiced: maybe,
      invoicedCurrency: maybe,
      decided: maybe,
      refunded: text,
      credited: text,
      territory: maybe,
      explanation: maybe,
      groups: z.array(z.object({ ratePercent: text, net: minor, vat: minor, gross: minor })),
    }),
  ),
  creditNotes: z.array(
    z.object({
      ...ofOrder,
      creditNoteNumber: text,
      invoiceNumber: maybe,
      issuedOn: text,
      currency: text,
      credited: maybe,
      refunded: text,
    }),
  ),
  notYet: z.int(),
  waiting: z.array(z.object(ofOrder)),
});

/** "2026-11" of today, where the reader is. */
function thisMonth(): string {
  const now = new Date();
  return `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, "0")}`;
}

function addressOf(month: string): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  const until = new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 10);
  const query = new URLSearchParams({ from: `${month}-01`, until, timeZone: timeZone() });
  return `/api/reports/invoices?${query}`;
}

/** Every invoice and credit note of a month, against its payment or refund. */
export function InvoicesPage() {
  const { invoices: say, shell } = words();
  const [month, setMonth] = useState(thisMonth);
  const query = useLoad(["orders", "invoices", month], addressOf(month), monthSchema);
  const { data } = query;
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
        disabled={!data || data.invoices.length + data.creditNotes.length === 0}
        onClick={() => data && saveInvoices(month, data.invoices, data.creditNotes)}
      >
        {shell.download}
      </Button>
    </div>
  );
  return (
    <OfficePage title={say.title} intro={say.intro} query={query} aside={aside}>
      {({ invoices, creditNotes, notYet, waiting }) => (
        <>
          <Verdict invoices={invoices} />
          {notYet > 0 && (
            <p className="holes">
              {say.notYet(notYet)}{" "}
              {waiting.map((one) => (
                <OrderLink key={one.reference} {...one} />
              ))}
            </p>
          )}
          {invoices.length === 0 ? (
            <p className="panel empty">{say.none}</p>
          ) : (
            <>
              <InvoiceSheet invoices={invoices} />
              <VatSheet invoices={invoices} />
            </>
          )}
          <CreditNoteSheet creditNotes={creditNotes} />
          <CloseMonth month={month} />
        </>
      )}
    </OfficePage>
  );
}

function Verdict({ invoices }: { readonly invoices: readonly Invoice[] }) {
  const { invoices: say } = words();
  const told = invoices.filter(({ invoiced }) => invoiced !== null);
  const differing = told.filter(differs);
  const untold = invoices.filter(({ invoiced }) => invoiced === null);
  const uncredited = invoices.filter(isUncredited);
  return (
    <>
      {told.length > 0 && (
        <Finding
          isWell={differing.length === 0}
          word={differing.length === 0 ? say.allEqual : say.differs(differing.length)}
          orders={differing}
        />
      )}
      {untold.length > 0 && <Finding word={say.untold(untold.length)} orders={untold} />}
      {uncredited.length > 0 && (
        <Finding word={say.uncredited(uncredited.length)} orders={uncredited} />
      )}
    </>
  );
}

interface FindingProps {
  readonly isWell?: boolean;
  readonly word: string;
  readonly orders: readonly Invoice[];
}

const mostLinks = 30;

function Finding({ isWell = false, word, orders }: FindingProps) {
  const { inbox } = words();
  const mark = isWell ? "done" : "needs-you";
  const more = orders.length - mostLinks;
  return (
    <p className={`verdict ${mark}`}>
      <MarkIcon mark={mark} /> {word}{" "}
      {orders.slice(0, mostLinks).map((one) => (
        <OrderLink key={one.reference} {...one} />
      ))}
      {more > 0 && inbox.moreOrders(more)}
    </p>
  );
}
