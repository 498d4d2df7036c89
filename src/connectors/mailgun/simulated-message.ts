// Takes a message as `POST /v3/{domain}/messages` does: checks the form, renders the template,
// keeps the result.
import { createHash } from "node:crypto";
import { says } from "./simulated-answer.ts";
import { renderHandlebars } from "./simulated-handlebars.ts";
import type { Story } from "./simulated-story.ts";
import { type TemplateStore, textField } from "./simulated-templates.ts";

export interface KeptMessage {
  /** 1 for the first message that this Mailgun took. */
  number: number;
  /** As the Message-Id header has it, without brackets. */
  messageId: string;
  at: number;
  from: string;
  to: string;
  recipients: string[];
  subject: string;
  html: string;
  template: string;
  templateVersion: string;
  headers: Record<string, string>;
  variables: Record<string, string>;
  tags: string[];
  attachments: { fileName: string; size: number; mediaType: string; sha256: string }[];
  isTestMode: boolean;
  /** Why it will not be delivered, e.g. "suppress-bounce". */
  suppressed: string | undefined;
  story: Story;
}

/** What the form alone tells of a message. */
type TakenMessage = Omit<KeptMessage, "number" | "messageId" | "suppressed" | "story">;

const maxRequestBytes = 52.4 * 1024 * 1024;
const maxMessageBytes = 25 * 1024 * 1024;
const maxOptionBytes = 16 * 1024;

/** The message as it would be kept, or Mailgun's refusal. */
export async function takeMessage(
  request: Request,
  templates: TemplateStore,
  at: Date,
): Promise<TakenMessage | Response> {
  const bytes = await request.clone().arrayBuffer();
  if (bytes.byteLength > maxRequestBytes) return says(413, "request size exceeds 52.4MiB limit");
  const form = await request.formData().catch(() => undefined);
  if (!form) return says(400, "simulated: the form cannot be read");
  const refusal = whyRefused(form);
  if (refusal) return says(400, refusal);
  const rendered = renderTemplate(form, templates);
  if ("refusal" in rendered) return says(400, rendered.refusal);
  const attachments = await attachmentsOf(form);
  if (attachments.reduce((sum, a) => sum + (a.size * 4) / 3, 0) > maxMessageBytes) {
    return says(400, "simulated: message exceeds the 25MB limit");
  }
  return {
    at: at.getTime(),
    from: textField(form, "from"),
    to: form.getAll("to").join(", "),
    recipients: recipientsOf(form) ?? [],
    subject: textField(form, "subject"),
    ...rendered,
    headers: prefixed(form, "h:"),
    variables: prefixed(form, "v:"),
    tags: form.getAll("o:tag").map(String),
    attachments,
    isTestMode: ["yes", "true"].includes(textField(form, "o:testmode")),
  };
}

function whyRefused(form: FormData): string | undefined {
  if (!textField(form, "from")) return "from parameter is missing";
  if (!recipientsOf(form)) return "to parameter is not a valid address. please check documentation";
  if (!["text", "html", "amp-html", "template"].some((name) => textField(form, name))) {
    return "Need at least one of 'text', 'html', 'amp-html' or 'template' parameters specified";
  }
  let optionBytes = 0;
  for (const [name, value] of form) {
    if (/^[ohvt]:/.test(name)) optionBytes += Buffer.byteLength(name + String(value));
  }
  return optionBytes > maxOptionBytes
    ? "Send options (parameters starting with o:, h:, or v:) are limited to 16 kB total"
    : undefined;
}

/**
 * Every address of every `to`: commas separate, except inside quotes. Undefined when one of them is
 * none.
 */
function recipientsOf(form: FormData): string[] | undefined {
  const addresses: string[] = [];
  for (const value of ["to", "cc", "bcc"].flatMap((name) => form.getAll(name))) {
    for (const part of String(value).match(/(?:"(?:\\.|[^"\\])*"|[^",])+/g) ?? []) {
      const address = (/<([^<>]*)>\s*$/.exec(part)?.[1] ?? part).trim();
      if (!/^("[^"]+"|[^\s"<>@,]+)@[^\s"<>@,]+\.[^\s"<>@,]+$/.test(address)) return undefined;
      addresses.push(address.toLowerCase());
    }
  }
  return addresses.length > 0 ? addresses : undefined;
}

function renderTemplate(
  form: FormData,
  templates: TemplateStore,
): { html: string; template: string; templateVersion: string } | { refusal: string } {
  const name = textField(form, "template");
  if (!name) return { html: textField(form, "html"), template: "", templateVersion: "" };
  const version = templates.find(name, textField(form, "t:version") || undefined);
  if (!version) return { refusal: `simulated: template ${name} not found` };
  try {
    const given: unknown = JSON.parse(textField(form, "t:variables") || "{}");
    const variables = {
      ...prefixed(form, "v:"),
      ...(given && typeof given === "object" ? given : {}),
    };
    const html = renderHandlebars(version.template, variables);
    return { html, template: name, templateVersion: version.tag };
  } catch {
    return { refusal: "simulated: t:variables is not valid JSON" };
  }
}

function prefixed(form: FormData, prefix: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [name, value] of form) {
    if (name.startsWith(prefix)) found[name.slice(prefix.length)] = String(value);
  }
  return found;
}

async function attachmentsOf(form: FormData): Promise<KeptMessage["attachments"]> {
  const files = form.getAll("attachment").filter((value) => value instanceof File);
  return Promise.all(
    files.map(async (file) => {
      const bytes = new Uint8Array(await file.arrayBuffer());
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      return { fileName: file.name, size: bytes.length, mediaType: file.type, sha256 };
    }),
  );
}
