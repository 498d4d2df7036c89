// What a shop says about its Telegram chat, checked.
import type { Secret } from "../../connector-kit/connector.ts";

export interface TelegramOptions {
  /** The bot's token, as @BotFather gives it: "123456:…". */
  readonly botToken: Secret;
  /**
   * Where alerts go: a number ("-100…" for a supergroup) or "@channelname"; or a secret that holds
   * one.
   */
  readonly chatId: Secret | string | number;
  /** The topic of a forum. */
  readonly threadId?: number;
}

export interface TelegramSettings {
  /** The chat when the options name it; undefined when a secret holds it. */
  readonly chatId: string | undefined;
  /** Names the chat without giving a secret away. */
  readonly chatName: string;
  readonly threadId: number | undefined;
}

/** Throws a RangeError with one sentence when an option cannot be right. */
export function telegramSettings({ chatId, threadId }: TelegramOptions): TelegramSettings {
  if (threadId !== undefined && !(Number.isSafeInteger(threadId) && threadId > 0)) {
    throw new RangeError("Telegram: threadId must be the number of the forum's topic.");
  }
  if (typeof chatId === "object") {
    return { chatId: undefined, chatName: chatId.env, threadId };
  }
  const chat = String(chatId);
  if (!/^(-?\d{1,16}|@[A-Za-z]\w{3,31})$/.test(chat)) {
    throw new RangeError(
      `Telegram: chatId must be a number such as -1001234567890 or "@channelname", not "${chat}".`,
    );
  }
  return { chatId: chat, chatName: chat, threadId };
}
