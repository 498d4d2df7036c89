import { TextInput } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { useDecideUnlessChanged, useMailPreview } from "../../api/decide.ts";
import { words } from "../../language/words.ts";
import { tell } from "../../shell/told.ts";
import { languageName } from "../../words/place-name.ts";
import { DecisionSheet } from "./decision-sheet.tsx";
import { MailText } from "./mail-text.tsx";
import type { SheetProps } from "./sheet-props.ts";

const restMs = 400;

/** The e-mail once more, perhaps to another address; it is shown before, as the customer will read it. */
export function ResendSheet({ order, onClose }: SheetProps) {
  const { deeds: say } = words();
  const [to, setTo] = useState("");
  const [why, setWhy] = useState("");
  const preview = useMailPreview(order.reference);
  const decide = useDecideUnlessChanged(order.reference);
  const key = useRef(crypto.randomUUID());
  const wanted = to.trim();
  const body = wanted === "" ? {} : { to: wanted };
  const ask = preview.mutate;
  useEffect(() => {
    const timer = setTimeout(() => ask(wanted === "" ? {} : { to: wanted }), restMs);
    return () => clearTimeout(timer);
  }, [wanted, ask]);
  const mail = preview.data;
  const go = () =>
    decide.mutate(
      { path: "resend-email", body: { ...body, reason: why.trim() }, key: key.current },
      {
        onSuccess: () => {
          tell(say.did.resend(mail?.to.email ?? wanted));
          onClose();
        },
      },
    );
  return (
    <DecisionSheet
      title={say.resend}
      go={say.send}
      isReady={why.trim() !== "" && !preview.error && mail !== undefined}
      isPending={decide.isPending}
      error={decide.error}
      onGo={go}
      onClose={onClose}
    >
      <TextInput
        label={say.to}
        description={say.theirAddress}
        inputMode="email"
        autoComplete="off"
        value={to}
        maxLength={254}
        data-autofocus
        onChange={({ currentTarget }) => setTo(currentTarget.value)}
      />
      <section className="will-happen" aria-live="polite">
        {preview.error && <p role="alert">{preview.error.message}</p>}
        {mail && (
          <>
            <p>{say.mailIn(languageName(mail.locale))}</p>
            <dl className="mail-facts">
              <dt>{say.to}</dt>
              <dd>{mail.to.email}</dd>
              <dt>{say.subject}</dt>
              <dd lang={mail.locale}>{mail.subject}</dd>
              {mail.attachments.length > 0 && (
                <>
                  <dt>{say.attached}</dt>
                  <dd>{mail.attachments.map(({ fileName }) => fileName).join(", ")}</dd>
                </>
              )}
            </dl>
            <MailText variables={mail.variables} lang={mail.locale} />
          </>
        )}
      </section>
      <TextInput
        label={say.why}
        value={why}
        maxLength={300}
        onChange={({ currentTarget }) => setWhy(currentTarget.value)}
      />
    </DecisionSheet>
  );
}
