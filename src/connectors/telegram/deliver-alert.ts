// Sends one alert, and where Telegram refuses its form, the same alert in a plainer form.
import type { Alert } from "../../connector-kit/roles.ts";
import { alertText } from "./alert-text.ts";
import {
  type Answer,
  chatIdOf,
  editMessage,
  type OutgoingMessage,
  type Refusal,
  sendMessage,
  type TelegramApi,
} from "./api.ts";
import { fitsButton } from "./link-button.ts";
import { telegramRefusal } from "./telegram-refusal.ts";

/** Where alerts go; `moveTo` remembers a group's new id for as long as the process lives. */
export interface Chat {
  readonly id: () => string;
  readonly moveTo: (id: string) => void;
  readonly threadId: number | undefined;
}

interface Form {
  readonly isHtml: boolean;
  readonly hasButton: boolean;
  readonly hasMoved: boolean;
}

export async function deliverAlert(
  api: TelegramApi,
  chat: Chat,
  alert: Alert,
): Promise<{ messageId: string }> {
  const { message_id } = await inSomeForm(chat, alert, (form) =>
    sendMessage(api, {
      ...message(alert, form, chat),
      ...(chat.threadId === undefined ? {} : { message_thread_id: chat.threadId }),
      ...answering(alert),
    }),
  );
  return { messageId: String(message_id) };
}

/** Puts other words into a message of ours; the same words again are no failure. */
export async function editAlert(
  api: TelegramApi,
  chat: Chat,
  messageId: string,
  alert: Alert,
): Promise<{ messageId: string }> {
  await inSomeForm(chat, alert, async (form) => {
    const edited = { ...message(alert, form, chat), message_id: Number(messageId) };
    const answer = await editMessage(api, edited);
    const isSame =
      "refusal" in answer && /message is not modified/i.test(answer.refusal.description);
    return isSame ? { result: true as const } : answer;
  });
  return { messageId };
}

/** As Telegram takes it: a refused message was surely not sent, so another form of it cannot make two. Each is tried once. */
async function inSomeForm<Result>(
  chat: Chat,
  alert: Alert,
  write: (form: Form) => Promise<Answer<Result>>,
): Promise<Result> {
  let form: Form = { isHtml: true, hasButton: fitsButton(alert.link), hasMoved: false };
  for (;;) {
    const answer = await write(form);
    if ("result" in answer) return answer.result;
    const next = plainerForm(answer.refusal, form, chat);
    if (next === undefined) throw telegramRefusal(answer.refusal);
    form = next;
  }
}

function plainerForm(refusal: Refusal, form: Form, chat: Chat): Form | undefined {
  const { description, migratedTo, response } = refusal;
  if (response.status !== 400) return undefined;
  if (migratedTo !== undefined && !form.hasMoved) {
    chat.moveTo(String(migratedTo));
    return { ...form, hasMoved: true };
  }
  if (form.isHtml && /can't parse entities/i.test(description)) return { ...form, isHtml: false };
  if (form.hasButton && /button/i.test(description)) return { ...form, hasButton: false };
  return undefined;
}

function answering({ answers }: Alert): Pick<OutgoingMessage, "reply_parameters"> {
  if (answers === undefined || !/^\d+$/.test(answers)) return {};
  return {
    reply_parameters: { message_id: Number(answers), allow_sending_without_reply: true },
  };
}

function message(alert: Alert, form: Form, chat: Chat): OutgoingMessage {
  const { link } = alert;
  const text = alertText(alert, !form.hasButton);
  return {
    chat_id: chatIdOf(chat.id()),
    text: form.isHtml ? text.html : text.plain,
    ...(form.isHtml ? { parse_mode: "HTML" } : {}),
    link_preview_options: { is_disabled: true },
    ...(form.hasButton && link !== undefined
      ? { reply_markup: { inline_keyboard: [[{ text: "Open", url: link }]] } }
      : {}),
  };
}
