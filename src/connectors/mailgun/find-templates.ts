// Stores our layouts at Mailgun. Repeating it is harmless: a version is named after its content.
import { ActionError } from "../../connector-kit/action-error.ts";
import type { SetUpFinding } from "../../connector-kit/connector.ts";
import { type HttpResponse, readJson, type Send } from "../../connector-kit/http.ts";
import {
  type Account,
  get,
  refusal,
  saysAbsent,
  sendForm,
  storedSchema,
  templateSchema,
} from "./api.ts";
import { type Settings, templateName } from "./settings.ts";
import { type Layout, layouts } from "./template.ts";

export function findTemplates(
  settings: Settings,
  account: Account,
  send: Send,
  now: Date,
): Promise<readonly SetUpFinding[]> {
  return Promise.all(
    layouts.map(async (layout) => {
      const name = templateName(settings, layout.name);
      const active = await activeVersion(account, name, send, now);
      const called = `Template "${name}" (version ${layout.version})`;
      if (active === layout.version) return { sentence: `${called} is up to date.` };
      const intent =
        active === undefined ? "is not there: create it" : `replaces version "${active}"`;
      const mend = async () =>
        `${called} ${await pushLayout(account, name, active, layout, send, now)}.`;
      return { sentence: `${called} ${intent}.`, mend };
    }),
  );
}

async function pushLayout(
  account: Account,
  name: string,
  active: string | undefined,
  layout: Layout,
  send: Send,
  now: Date,
): Promise<string> {
  const templates = `/v3/${account.domain}/templates`;
  const path = `${templates}/${encodeURIComponent(name)}`;
  const content = { template: layout.html, comment: "Stored by Ordna" };
  const write = async (method: "POST" | "PUT", to: string, fields: Record<string, string>) => {
    const response = await sendForm(account, { method, path: to }, asForm(fields), send);
    if (response.status !== 200) throw refusal(account, response, now);
    readJson(response, storedSchema);
  };
  if (active === undefined) {
    const { description, version: tag } = layout;
    await write("POST", templates, { name, description, tag, ...content });
    return "was created";
  }
  const version = `${path}/versions/${layout.version}`;
  const existing = await get(account, version, send);
  if (existing.status === 200) {
    await write("PUT", version, { active: "yes" });
    return "was switched back to our layout";
  }
  if (!isAbsent(existing)) throw refusal(account, existing, now);
  await write("POST", `${path}/versions`, { tag: layout.version, active: "yes", ...content });
  return "was brought up to date";
}

// The words for a missing template are not documented; a page of a proxy has none at all.
const isAbsent = (response: HttpResponse) => saysAbsent(response, /./);

/**
 * The tag of the active version: "" when the template has none, undefined when there is no such
 * template.
 */
export async function activeVersion(
  account: Account,
  name: string,
  send: Send,
  now: Date,
): Promise<string | undefined> {
  const path = `/v3/${account.domain}/templates/${encodeURIComponent(name)}?active=yes`;
  const response = await get(account, path, send);
  if (isAbsent(response)) return undefined;
  if (response.status !== 200) throw refusal(account, response, now);
  const { template } = readJson(response, templateSchema);
  if (template.name !== name) {
    throw new ActionError("transient", `Mailgun showed the template "${template.name}".`, {
      cause: "provider.unexpected_answer",
    });
  }
  return template.version?.tag ?? "";
}

function asForm(fields: Readonly<Record<string, string>>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
}
