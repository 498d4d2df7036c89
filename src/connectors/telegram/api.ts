// The Telegram Bot API as it is called here: https://core.telegram.org/bots/api#making-requests
import { z } from "zod";
import { bodyText, type HttpResponse, readJson, type Send } from "../../connector-kit/http.ts";

export interface TelegramApi {
  readonly host: string;
  readonly botToken: string;
  readonly send: Send;
}

export interface OutgoingMessage {
  /** A number where the id is one: the API tells numbers from names by the type. */
  readonly chat_id: number | string;
  readonly message_thread_id?: number;
  readonly text: string;
  readonly parse_mode?: "HTML";
  readonly link_preview_options: { readonly is_disabled: true };
  readonly reply_parameters?: {
    readonly message_id: number;
    /** The message it answers may be gone by now. */
    readonly allow_sending_without_reply: true;
  };
  readonly reply_markup?: {
    readonly inline_keyboard: readonly (readonly {
      readonly text: string;
      readonly url: string;
    }[])[];
  };
}

/** Telegram says no, in its own words; nothing was done. */
export interface Refusal {
  readonly response: HttpResponse;
  readonly description: string;
  readonly retryAfterSeconds: number | undefined;
  readonly migratedTo: number | undefined;
}

export type Answer<Result> = { readonly result: Result } | { readonly refusal: Refusal };

const messageSchema = z.object({ message_id: z.number().int() });
const shownName = z.string().transform((name) => name.slice(0, 100));
const userSchema = z.object({ username: shownName.optional(), first_name: shownName });
const chatSchema = z.object({ title: shownName.optional(), username: shownName.optional() });

const refusalSchema = z.object({
  ok: z.literal(false),
  description: z.string().transform((text) => text.slice(0, 300)),
  parameters: z
    .object({
      retry_after: z.number().int().nonnegative().optional(),
      // At most 52 bits, says the API: a JavaScript number holds it.
      migrate_to_chat_id: z.number().int().optional(),
    })
    .optional(),
});

export const sendMessage = (api: TelegramApi, message: OutgoingMessage) =>
  ask(api, "sendMessage", message, messageSchema, false);

export interface EditedMessage
  extends Omit<OutgoingMessage, "message_thread_id" | "reply_parameters"> {
  readonly message_id: number;
}

/** True instead of the message when it is not the bot's own; ours always are. */
export const editMessage = (api: TelegramApi, message: EditedMessage) =>
  ask(api, "editMessageText", message, z.union([messageSchema, z.literal(true)]), false);

export const getMe = (api: TelegramApi) => ask(api, "getMe", {}, userSchema, true);

export const getChat = (api: TelegramApi, chatId: string) =>
  ask(api, "getChat", { chat_id: chatIdOf(chatId) }, chatSchema, true);

export function chatIdOf(chatId: string): number | string {
  return /^-?\d+$/.test(chatId) && Number.isSafeInteger(Number(chatId)) ? Number(chatId) : chatId;
}

async function ask<Result>(
  api: TelegramApi,
  method: string,
  body: object,
  schema: z.ZodType<Result>,
  reads: boolean,
): Promise<Answer<Result>> {
  // The path holds the token: the URL must not get into an error or a log.
  const response = await api.send({
    method: "POST",
    url: `${api.host}/bot${api.botToken}/${method}`,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
    reads,
  });
  if (response.status !== 200) return { refusal: readRefusal(response) };
  const { result } = readJson(response, z.object({ ok: z.literal(true), result: schema }));
  return { result };
}

function readRefusal(response: HttpResponse): Refusal {
  const parsed = refusalSchema.safeParse(asJson(bodyText(response)));
  return {
    response,
    description: parsed.data?.description ?? "",
    retryAfterSeconds: parsed.data?.parameters?.retry_after,
    migratedTo: parsed.data?.parameters?.migrate_to_chat_id,
  };
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
