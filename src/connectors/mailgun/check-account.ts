import { ActionError } from "../../connector-kit/action-error.ts";
import { readJson, type Send } from "../../connector-kit/http.ts";
import { type Account, domainSchema, get, refusal } from "./api.ts";
import { activeVersion } from "./find-templates.ts";
import { type Settings, templateName } from "./settings.ts";
import { layouts } from "./template.ts";

/** Reads the domain and the layouts; says what is missing. */
export async function checkAccount(
  settings: Settings,
  account: Account,
  send: Send,
  now: Date,
): Promise<string> {
  const response = await get(account, `/v4/domains/${account.domain}`, send);
  if (response.status !== 200) throw refusal(account, response, now);
  const { state } = readJson(response, domainSchema).domain;
  if (state && state !== "active") {
    const message = `Mailgun says that ${account.domain} is ${state}. Finish its DNS records.`;
    throw new ActionError("permanent", message, { cause: "request.refused" });
  }
  const sentences = [`${account.domain} is active in the ${account.region} region.`];
  for (const layout of layouts) {
    const name = templateName(settings, layout.name);
    const version = await activeVersion(account, name, send, now);
    if (version === undefined) {
      const message = `${account.domain} has no template "${name}". Run: npm run --silent ordna -- setup mailgun --yes`;
      throw new ActionError("permanent", message, { cause: "template.missing" });
    }
    const isOurs = version === layout.version;
    sentences.push(`Template "${name}" is ${isOurs ? "up to date" : "another version than ours"}.`);
  }
  if (settings.sendingKey) sentences.push("The sending key can only send, so it was not tried.");
  if (settings.testMode) sentences.push("Test mode: nothing is delivered, and Mailgun charges.");
  return sentences.join(" ");
}
