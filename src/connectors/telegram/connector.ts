// Telegram as the place for alerts: a bot writes into one chat.
import type { Action } from "../../connector-kit/action.ts";
import type { Connector, Wiring } from "../../connector-kit/connector.ts";
import type { Send } from "../../connector-kit/http.ts";
import { messageOutput } from "../../connector-kit/outputs.ts";
import type { Alert, Alerts } from "../../connector-kit/roles.ts";
import { getChat, getMe, type TelegramApi } from "./api.ts";
import { type Chat, deliverAlert, editAlert } from "./deliver-alert.ts";
import { telegramSimulator } from "./simulator.ts";
import { telegramRefusal } from "./telegram-refusal.ts";
import {
  type TelegramOptions,
  type TelegramSettings,
  telegramSettings,
} from "./telegram-settings.ts";

export type { TelegramOptions } from "./telegram-settings.ts";

export function telegram(options: TelegramOptions): Connector<"alerts"> {
  const settings = telegramSettings(options);
  return {
    role: "alerts",
    provider: "telegram",
    connection: {
      account: `telegram:${settings.chatName}`,
      // About one message a second in a chat; a group's 20 a minute are kept by its 429.
      // https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
      limits: { concurrent: 1, perSecond: 1 },
      deadlineMs: 15_000,
      maxServerMs: 30_000,
      // Bots cannot look up what they sent.
      maxLagMs: 0,
    },
    secrets: {
      botToken: options.botToken,
      ...(typeof options.chatId === "object" ? { chatId: options.chatId } : {}),
    },
    hosts: { api: "https://api.telegram.org" },
    connect: (wiring) => alerts(settings, wiring),
    check: (wiring, send) => checkChat(apiOf(wiring, send), chatOf(settings, wiring)),
    simulate: (kit) => telegramSimulator(kit, settings.chatId),
  };
}

function alerts(settings: TelegramSettings, wiring: Wiring): Alerts {
  const chat = chatOf(settings, wiring);
  const send: Action<Alert, { messageId: string }> = {
    name: "telegram.send",
    connection: wiring.connection,
    output: messageOutput,
    // No idempotency key, and no list of sent messages: nobody but the people in the chat can tell.
    repeat: { how: "ask-operator" },
    record: ({ messageId }) => ({ id: messageId }),
    run: (alert, call) => deliverAlert(apiOf(wiring, call.send), chat, alert),
  };
  const edit: Action<{ messageId: string; alert: Alert }, { messageId: string }> = {
    name: "telegram.edit",
    connection: wiring.connection,
    output: messageOutput,
    // The same words again are "not modified": https://core.telegram.org/bots/api#editmessagetext
    repeat: { how: "safe" },
    record: ({ messageId }) => ({ id: messageId, isShared: true }),
    run: ({ messageId, alert }, call) =>
      editAlert(apiOf(wiring, call.send), chat, messageId, alert),
  };
  return { send, edit };
}

async function checkChat(api: TelegramApi, chat: Chat): Promise<string> {
  const me = await getMe(api);
  if ("refusal" in me) throw telegramRefusal(me.refusal);
  const seen = await getChat(api, chat.id());
  if ("refusal" in seen) throw telegramRefusal(seen.refusal);
  const bot = me.result.username ? `@${me.result.username}` : me.result.first_name;
  const name = seen.result.title ?? seen.result.username ?? "a private chat";
  return `The Telegram bot ${bot} sees the chat "${name}".`;
}

function chatOf(settings: TelegramSettings, { secrets }: Wiring): Chat {
  let id = settings.chatId ?? secrets.chatId?.trim() ?? "";
  return {
    id: () => id,
    moveTo: (newId) => {
      id = newId;
    },
    threadId: settings.threadId,
  };
}

function apiOf({ hosts, secrets }: Wiring, send: Send): TelegramApi {
  return { host: hosts.api ?? "", botToken: secrets.botToken ?? "", send };
}
