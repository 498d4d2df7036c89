// What a simulated chat takes and keeps: text after its entities were parsed, and buttons whose
// address is a real name.
import { z } from "zod";
import type { SimulatedRecord } from "../../connector-kit/simulator.ts";
import { type FormattedText, parseHtml, UnreadableEntities } from "./simulated-html.ts";

/** Telegram says no. */
export class TelegramSays extends Error {
  readonly status: number;
  readonly parameters: Readonly<Record<string, number>> | undefined;

  constructor(status: number, description: string, parameters?: Readonly<Record<string, number>>) {
    super(description);
    this.status = status;
    this.parameters = parameters;
  }
}

const keyboard = z.object({
  inline_keyboard: z.array(z.array(z.object({ text: z.string().min(1), url: z.string() }))),
});

const contentSchema = z.object({
  text: z.string().default(""),
  parse_mode: z.string().optional(),
  reply_markup: keyboard.optional(),
  message_thread_id: z.number().int().optional(),
  reply_parameters: z
    .object({
      message_id: z.number().int(),
      allow_sending_without_reply: z.boolean().optional(),
    })
    .optional(),
});

export interface Content extends FormattedText {
  readonly keyboard?: z.infer<typeof keyboard>;
  readonly threadId?: number;
  /** The message it answers, and whether it may stand alone should that be gone. */
  readonly answers?: { readonly messageId: number; readonly isNeeded: boolean };
}

export interface KeptMessage extends Content {
  readonly chatId: string;
  readonly messageId: number;
  /** Unix seconds. */
  readonly date: number;
}

export interface ContentRules {
  readonly refusesButtons: boolean;
  readonly refusesFormatting: boolean;
}

export function checkedContent(body: unknown, rules: ContentRules): Content {
  const parsed = contentSchema.safeParse(body);
  if (!parsed.success) throw new TelegramSays(400, "Bad Request: can't parse the parameters");
  const {
    text,
    parse_mode,
    reply_markup,
    message_thread_id,
    reply_parameters: reply,
  } = parsed.data;
  if (text.trim() === "") throw new TelegramSays(400, "Bad Request: message text is empty");
  const formatted = format(text, parse_mode, rules);
  if (formatted.text.trim() === "") {
    throw new TelegramSays(400, "Bad Request: message text is empty");
  }
  if (formatted.text.length > 4096) {
    throw new TelegramSays(400, "Bad Request: message is too long");
  }
  for (const { url } of reply_markup?.inline_keyboard.flat() ?? []) checkButton(url, rules);
  return {
    ...formatted,
    ...(reply_markup ? { keyboard: reply_markup } : {}),
    ...(message_thread_id === undefined ? {} : { threadId: message_thread_id }),
    ...(reply
      ? {
          answers: {
            messageId: reply.message_id,
            isNeeded: reply.allow_sending_without_reply !== true,
          },
        }
      : {}),
  };
}

function format(text: string, parseMode: string | undefined, rules: ContentRules): FormattedText {
  if (parseMode === undefined) return { text: text.trimEnd(), entities: [] };
  if (parseMode !== "HTML") throw new TelegramSays(400, "Bad Request: unsupported parse_mode");
  try {
    if (rules.refusesFormatting) throw new UnreadableEntities("Refused by a mood");
    return parseHtml(text);
  } catch (thrown) {
    if (!(thrown instanceof UnreadableEntities)) throw thrown;
    throw new TelegramSays(400, `Bad Request: can't parse entities: ${thrown.message}`);
  }
}

function checkButton(url: string, rules: ContentRules): void {
  const host = /^https?:\/\/([^/:?#]+)/i.exec(url)?.[1] ?? "";
  if (host.includes(".") && !rules.refusesButtons) return;
  const why = `inline keyboard button URL '${url}' is invalid: Wrong HTTP URL`;
  throw new TelegramSays(400, `Bad Request: ${why}`);
}

/**
 * As counted by tests and shown in the sandbox; the order's reference stands somewhere in the text.
 */
export function recordOf(message: KeptMessage): SimulatedRecord {
  const words = message.text.match(/\b[A-Z0-9]{10,20}\b/g) ?? [];
  // A reference has digits as good as always; UNAVAILABLE has none.
  const reference = words.find((word) => /\d/.test(word)) ?? words[0] ?? "";
  const { text, entities, chatId, keyboard: buttons, threadId, answers } = message;
  const fields = {
    chatId,
    text,
    entities,
    buttons: buttons?.inline_keyboard.flat() ?? [],
    threadId,
    answers: answers?.messageId,
  };
  return { kind: "alert", id: String(message.messageId), reference, fields };
}
