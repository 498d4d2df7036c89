import { ActionError } from "../../connector-kit/action-error.ts";
import { readJson, type Send } from "../../connector-kit/http.ts";
import { type Account, domainSchema, get, refusal, signingKeySchema } from "./api.ts";
import { activeVersion } from "./find-templates.ts";
import { type Settings, templateName } from "./settings.ts";
import { layouts } from "./template.ts";

/** Reads the domain and the layouts; says what is missing. */
export async function checkAccount(
  settings: Settings,
  account: Account,
  signingKeys: readonly string[],
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
  sentences.push(await checkSigningKeys(account, signingKeys, send));
  if (settings.sendingKey) sentences.push("The sending key can only send, so it was not tried.");
  if (settings.testMode) sentences.push("Test mode: nothing is delivered, and Mailgun charges.");
  return sentences.join(" ");
}

async function checkSigningKeys(
  account: Account,
  signingKeys: readonly string[],
  send: Send,
): Promise<string> {
  if (signingKeys.length === 0) {
    return "No webhook signing key: nobody hears of e-mails that bounce.";
  }
  const response = await get(account, "/v5/accounts/http_signing_key", send);
  // Which keys may ask for it is not documented: a refusal says nothing about ours.
  if (response.status !== 200) return "The webhook signing key could not be compared.";
  const { http_signing_key: theirs } = readJson(response, signingKeySchema);
  if (signingKeys.includes(theirs)) return "The webhook signing key is the account's.";
  const message =
    "The webhook signing key is not the account's: every webhook would be refused. " +
    "Take it from Mailgun's settings, API security; it is not the API key.";
  throw new ActionError("permanent", message, { cause: "config.invalid" });
}
