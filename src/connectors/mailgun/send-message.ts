import type { Call } from "../../connector-kit/action.ts";
import { ActionError } from "../../connector-kit/action-error.ts";
import { type HttpResponse, readJson } from "../../connector-kit/http.ts";
import type { Message } from "../../connector-kit/roles.ts";
import { type Account, queuedSchema, refusal, sendForm, wordsOf } from "./api.ts";
import { messageForm, messageIdOf, recipientOf } from "./message-form.ts";
import { type Settings, templateName } from "./settings.ts";
import { refuseSuppressed } from "./suppression.ts";

export async function sendMessage(
  settings: Settings,
  account: Account,
  message: Message,
  call: Call,
): Promise<{ messageId: string }> {
  const form = await messageForm(settings, message, call);
  await refuseSuppressed(account, recipientOf(message), message.template, call);
  const path = `/v3/${account.domain}/messages`;
  const request = { method: "POST", path, key: account.sendingKey } as const;
  const response = await sendForm(account, request, form, call.send);
  if (response.status !== 200) throw refusedMessage(settings, account, message, response, call);
  readJson(response, queuedSchema);
  // Ours and not the answer's: it is what the look-up finds, and it is the same in every attempt.
  return { messageId: messageIdOf(settings, call) };
}

/**
 * A 5xx may have been queued all the same, so it stays ambiguous; that is statusError's meaning
 * too.
 */
function refusedMessage(
  settings: Settings,
  account: Account,
  message: Message,
  response: HttpResponse,
  call: Call,
): ActionError {
  const { status } = response;
  const words = wordsOf(response);
  // The wording is not documented; a template is the only thing in the form that can be missing.
  const isMissing = /template/i.test(words) && /not found|not exist|unknown|no such/i.test(words);
  if ((status === 400 || status === 404) && isMissing) {
    const name = templateName(settings, message.template);
    const sentence = `${account.domain} has no template "${name}". Run: npm run --silent ordna -- setup mailgun --yes`;
    return new ActionError("permanent", sentence, { cause: "template.missing", status });
  }
  if (status === 400 && /to parameter is not a valid address/i.test(words)) {
    return new ActionError("permanent", "Mailgun does not accept the buyer's e-mail address.", {
      cause: "address.email_invalid",
      status,
      field: "buyer.email",
    });
  }
  if (status === 400) {
    return new ActionError("permanent", `Mailgun refused the e-mail: ${words}`, {
      cause: "email.refused",
      status,
    });
  }
  return refusal(account, response, call.now());
}
