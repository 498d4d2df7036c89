import { useState } from "react";
import { useMails } from "../api/use-sandbox.ts";

/** What the customer was sent; the sandbox keeps it. */
export function MailPreview({ reference }: { readonly reference: string }) {
  const [isOpen, setOpen] = useState(false);
  const { data: mails, error } = useMails(reference, isOpen);
  return (
    <details className="mails" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>E-mail to the customer</summary>
      {error && <p>{error.message}</p>}
      {isOpen && !mails && !error && <p>Loading …</p>}
      {mails?.length === 0 && <p>The simulated mail provider holds none for this order.</p>}
      {mails?.map((mail, index) => (
        // A list that only grows, oldest first.
        // biome-ignore lint/suspicious/noArrayIndexKey: mails have no id here
        <figure key={index}>
          <figcaption>
            <strong>{mail.subject}</strong>
          </figcaption>
          <iframe
            sandbox=""
            src={`/api/sandbox/mails/${reference}/${index}`}
            title={`E-mail: ${mail.subject}`}
          />
        </figure>
      ))}
    </details>
  );
}
