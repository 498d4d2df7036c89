import { useState } from "react";
import { useMails } from "../api/use-sandbox.ts";
import { words } from "../language/words.ts";

/** What the customer was sent; the sandbox keeps it. */
export function MailPreview({ reference }: { readonly reference: string }) {
  const { order, shell } = words();
  const [isOpen, setOpen] = useState(false);
  const { data: mails, error } = useMails(reference, isOpen);
  return (
    <details className="mails" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{order.mails}</summary>
      {error && <p>{error.message}</p>}
      {isOpen && !mails && !error && <p>{shell.loading}</p>}
      {mails?.length === 0 && <p>{order.noMails}</p>}
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
            title={order.mailTitle(mail.subject)}
          />
        </figure>
      ))}
    </details>
  );
}
