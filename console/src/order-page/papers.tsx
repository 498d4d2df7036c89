import { text, z } from "../api/jitless-zod.ts";
import type { OrderDetail } from "../api/order-schema.ts";
import { useIsSimulated } from "../api/use-status.ts";
import { words } from "../language/words.ts";
import { MailPreview } from "./mail-preview.tsx";

const id = text(500);
const bookingSchema = z.object({
  trackingNumber: id,
  trackingUrl: z.optional(text(2000)),
});
const invoiceSchema = z.object({ invoiceNumber: id });

/** The parcel's tracking, the documents and the e-mail, as far as they exist. */
export function Papers({ order }: { readonly order: OrderDetail }) {
  const say = words().order;
  const { outputs, reference, store } = order;
  const booking = bookingSchema.safeParse(outputs.booking).data;
  const invoice = invoiceSchema.safeParse(outputs.invoice).data;
  const hasMails = useIsSimulated("mail", store) && order.steps.some(isSentMail);
  const hasNone = !booking && !outputs.label && !invoice && !outputs["invoice-pdf"] && !hasMails;
  return (
    <section className="panel papers" aria-labelledby="papers">
      <h2 id="papers">{say.papers}</h2>
      {hasNone && <p>{say.noPapers}</p>}
      <ul>
        {booking && (
          <li>
            <span>{say.parcel(booking.trackingNumber)}</span>
            {isSecure(booking.trackingUrl) && <Paper to={booking.trackingUrl} name={say.track} />}
          </li>
        )}
        {outputs.label !== undefined && (
          <li>
            <span>{say.label}</span>
            <Paper to={`/api/orders/${reference}/files/label`} name={say.labelPdf} isLabel />
          </li>
        )}
        {(invoice || outputs["invoice-pdf"] !== undefined) && (
          <li>
            <span>{say.invoice(invoice?.invoiceNumber ?? "")}</span>
            {outputs["invoice-pdf"] !== undefined && (
              <Paper to={`/api/orders/${reference}/files/invoice-pdf`} name={say.invoicePdf} />
            )}
          </li>
        )}
      </ul>
      {hasMails && <MailPreview reference={reference} />}
    </section>
  );
}

const isSentMail = ({ name, state }: OrderDetail["steps"][number]) =>
  name === "confirmation" && state === "done";

/** A carrier's answer is no reason to follow a javascript: address. */
const isSecure = (url: string | undefined): url is string =>
  url !== undefined && URL.canParse(url) && new URL(url).protocol === "https:";

interface PaperProps {
  readonly to: string;
  readonly name: string;
  readonly isLabel?: boolean;
}

function Paper({ to, name, isLabel }: PaperProps) {
  return (
    <a href={to} target="_blank" rel="noreferrer" {...(isLabel ? { "data-label": true } : {})}>
      {name}
      <span className="visually-hidden"> {words().shell.newTab}</span>
    </a>
  );
}
