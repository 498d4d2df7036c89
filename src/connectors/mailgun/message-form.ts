// One message as the form that Mailgun takes.
import { createHash } from "node:crypto";
import type { Call, StoredFile } from "../../connector-kit/action.ts";
import { ActionError } from "../../connector-kit/action-error.ts";
import type { Message } from "../../connector-kit/roles.ts";
import { withFewerItems } from "../../language/goods.ts";
import type { LayoutVariables } from "../../language/letter.ts";
import { oneLine } from "../../language/one-line.ts";
import { literalSubject, literalText } from "./literal-text.ts";
import { asAddress, mailbox } from "./mailbox.ts";
import { type Settings, templateName } from "./settings.ts";

/** Options and variables together; Mailgun says "16 kB" and not which. */
const maxOptionBytes = 16_000;
/** A message may have 25 MB, and base64 makes every 3 bytes 4. */
const maxAttachmentBytes = 18_000_000;

/** Our Message-Id, the same in every attempt: the thread that leads back to the message. */
export const messageIdOf = (settings: Settings, { key }: Pick<Call, "key">) =>
  `order-${key.toLowerCase()}@${settings.domain}`;

export function recipientOf(message: Message): string {
  const address = asAddress(message.to.email);
  if (address) return address;
  throw new ActionError("permanent", "The buyer's e-mail address is not one plain address.", {
    cause: "address.email_invalid",
    field: "buyer.email",
  });
}

/** Every field is named here: nothing of an order can become a header or an option. */
export async function messageForm(
  settings: Settings,
  message: Message,
  call: Call,
): Promise<FormData> {
  const form = new FormData();
  form.set("from", mailbox(settings.from.name, settings.from.email));
  form.set("to", mailbox(message.to.name, recipientOf(message)));
  form.set("subject", literalSubject(oneLine(message.subject, 150)));
  form.set("template", templateName(settings, message.template));
  form.set("t:text", "yes");
  form.set("h:Message-Id", `<${messageIdOf(settings, call)}>`);
  form.set("h:Content-Language", message.locale);
  if (settings.replyTo) form.set("h:Reply-To", settings.replyTo);
  form.set("v:order_reference", call.reference);
  form.set("v:order_key", call.key);
  form.set("o:tag", message.template);
  form.set("o:tracking", "no");
  // The recipient has no use for our variables; Mailgun would put them into a header.
  form.set("o:suppress-headers", "X-Mailgun-Variables");
  if (settings.testMode) form.set("o:testmode", "yes");
  setVariables(form, message);
  await attach(form, message.attachments, call);
  return form;
}

function setVariables(form: FormData, message: Message): void {
  let variables: LayoutVariables | undefined = { ...message.variables };
  while (variables) {
    form.set("t:variables", JSON.stringify(literalVariables(variables)));
    if (optionBytes(form) <= maxOptionBytes) return;
    variables = withFewerItems(variables, message.locale);
  }
  throw new ActionError(
    "permanent",
    "The e-mail's text is longer than Mailgun takes (16 kB of variables). Shorten what is in it.",
    { cause: "request.refused" },
  );
}

function literalVariables(variables: LayoutVariables): LayoutVariables {
  const literalRow = (row: Record<string, string>) =>
    Object.fromEntries(Object.entries(row).map(([name, text]) => [name, literalText(text)]));
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [
      name,
      typeof value === "string" ? literalText(value) : value.map(literalRow),
    ]),
  );
}

function optionBytes(form: FormData): number {
  let bytes = 0;
  for (const [name, value] of form) {
    if (typeof value !== "string" || !/^[ohvt]:/.test(name)) continue;
    bytes += Buffer.byteLength(name) + Buffer.byteLength(value);
  }
  return bytes;
}

async function attach(form: FormData, files: readonly StoredFile[], call: Call): Promise<void> {
  const size = files.reduce((sum, file) => sum + file.size, 0);
  if (size > maxAttachmentBytes) {
    const mb = Math.ceil(size / 1e6);
    throw new ActionError("permanent", `The attachments have ${mb} MB; Mailgun takes 18 MB.`, {
      cause: "request.refused",
    });
  }
  for (const file of files) {
    const bytes = await call.open(file);
    // Somebody else's invoice must never leave the house.
    if (createHash("sha256").update(bytes).digest("hex") !== file.sha256) {
      throw new ActionError("permanent", `The stored file ${file.key} is not what was kept.`, {
        cause: "record.exists_differently",
      });
    }
    const blob = new Blob([new Uint8Array(bytes)], { type: file.mediaType });
    form.append("attachment", blob, oneLine(file.fileName, 100).replace(/["\\/]/g, "_"));
  }
}
