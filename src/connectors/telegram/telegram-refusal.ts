// What Telegram means when it says no: https://core.telegram.org/bots/api#making-requests
import { ActionError } from "../../connector-kit/action-error.ts";
import { reads, statusError } from "../../connector-kit/http.ts";
import type { Refusal } from "./api.ts";

/** A refusal that no gentler message gets around. Never says the URL: it holds the token. */
export function telegramRefusal(refusal: Refusal): ActionError {
  const { response, description } = refusal;
  const { status } = response;
  const words = description === "" ? "" : ` (${description})`;
  switch (status) {
    case 429:
      return flood(refusal);
    case 401:
      return account(
        status,
        "Telegram does not accept the bot's token: take it from @BotFather anew.",
      );
    case 403:
      return account(
        status,
        `The Telegram bot may not write to the chat${words}: let it in again.`,
      );
    case 404:
      return account(status, "Telegram does not know the address: is the bot's token complete?");
    case 503:
      // Said before the message was taken. Should it be wrong, an alert comes twice; the other
      // mistake loses it.
      return new ActionError("transient", "Telegram is not available.", {
        cause: "provider.outage",
        status,
      });
  }
  if (refusal.migratedTo !== undefined) return account(status, moved(refusal.migratedTo));
  if (/chat not found/i.test(description)) {
    return account(
      status,
      "Telegram does not know the chat, or the bot was never in it: check chatId and add the bot.",
    );
  }
  const what = reads(response.request) ? "the question" : "the alert";
  return statusError(response, `Telegram refused ${what}: HTTP ${status}${words}.`);
}

const moved = (chatId: number) =>
  `The Telegram group has become a supergroup with the id ${chatId}: set chatId to it.`;

// It concerns every alert alike: they wait until somebody has mended it.
function account(status: number, message: string): ActionError {
  return new ActionError("transient", message, { cause: "auth.refused", status });
}

function flood({ response, retryAfterSeconds }: Refusal): ActionError {
  const error = statusError(response, "Telegram asks us to send alerts more slowly.");
  if (retryAfterSeconds === undefined) return error;
  const retryAfterMs = Math.min(retryAfterSeconds, 24 * 3600) * 1000;
  return new ActionError(error.verdict, error.message, { ...error.failure, retryAfterMs });
}
