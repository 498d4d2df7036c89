// One group with its bot: what the four simulated methods do in it.
import type { Collection } from "../../connector-kit/simulator.ts";
import { checkedContent, type KeptMessage, TelegramSays } from "./simulated-chat.ts";

export const moods = {
  flood: "Every message is too many: 429 with retry_after 12, in the body and as a header.",
  "twenty-a-minute": "The group takes 20 messages a minute, then 429 until the minute is over.",
  "token-revoked": "The bot's token is not accepted any more.",
  blocked: "The user has blocked the bot.",
  kicked: "The bot was removed from the group.",
  "chat-gone": "The chat does not exist.",
  migrated: "The group has become a supergroup with another id.",
  "refuses-buttons": "Every link on a button is refused.",
  "refuses-formatting": "Every parse_mode is refused.",
} as const;

export interface Group {
  readonly chatId: string;
  readonly messages: Collection<KeptMessage>;
  readonly now: () => Date;
  readonly is: (mood: keyof typeof moods) => boolean;
}

export type Parameters = Readonly<Record<string, unknown>>;

const bot = { id: 123456, is_bot: true, first_name: "Ordna", username: "ordna_simulated_bot" };
const supergroupId = -1001000000002;

export const methods: Readonly<Record<string, (group: Group, body: Parameters) => unknown>> = {
  getMe: () => bot,
  getChat: (group, body) => chatShown(chatIn(group, body)),
  sendMessage(group, body) {
    const chatId = chatIn(group, body);
    mayWrite(group, chatId);
    const messageId = group.messages.size + 1;
    const taken = content(group, body);
    const { answers } = taken;
    if (answers?.isNeeded && !group.messages.get(`${chatId}:${answers.messageId}`)) {
      throw new TelegramSays(400, "Bad Request: message to be replied not found");
    }
    return keep(group, { ...taken, chatId, messageId, date: seconds(group.now()) });
  },
  editMessageText(group, body) {
    const chatId = chatIn(group, body);
    mayWrite(group, chatId);
    const old = group.messages.get(`${chatId}:${body.message_id}`);
    if (!old) throw new TelegramSays(400, "Bad Request: message to edit not found");
    const { messageId, date } = old;
    const edited = { ...content(group, body), chatId, messageId, date };
    if (JSON.stringify(shown(edited)) === JSON.stringify(shown(old))) throw notModified();
    return keep(group, edited);
  },
};

function chatIn({ chatId, is }: Group, body: Parameters): string {
  const asked = String(body.chat_id ?? "");
  if (asked === "") throw new TelegramSays(400, "Bad Request: chat_id is empty");
  if (is("migrated") && asked === String(supergroupId)) return asked;
  if (asked !== chatId || is("chat-gone")) {
    throw new TelegramSays(400, "Bad Request: chat not found");
  }
  if (is("migrated")) {
    const why = "Bad Request: group chat was upgraded to a supergroup chat";
    throw new TelegramSays(400, why, { migrate_to_chat_id: supergroupId });
  }
  return asked;
}

function mayWrite(group: Group, chatId: string): void {
  const { is } = group;
  if (is("blocked")) throw new TelegramSays(403, "Forbidden: bot was blocked by the user");
  if (is("kicked")) throw new TelegramSays(403, "Forbidden: bot was kicked from the group chat");
  const wait = is("flood") ? 12 : is("twenty-a-minute") ? secondsToWait(group, chatId) : 0;
  if (wait === 0) return;
  throw new TelegramSays(429, `Too Many Requests: retry after ${wait}`, { retry_after: wait });
}

function secondsToWait({ messages, now }: Group, chatId: string): number {
  const time = seconds(now());
  const recent = messages.values().filter((m) => m.chatId === chatId && m.date > time - 60);
  return recent.length < 20 ? 0 : Math.max(1, (recent.at(-20)?.date ?? time) + 60 - time);
}

const content = ({ is }: Group, body: Parameters) =>
  checkedContent(body, {
    refusesButtons: is("refuses-buttons"),
    refusesFormatting: is("refuses-formatting"),
  });

function keep(group: Group, message: KeptMessage) {
  group.messages.set(`${message.chatId}:${message.messageId}`, message);
  return shown(message);
}

const notModified = () =>
  new TelegramSays(
    400,
    "Bad Request: message is not modified: specified new message content and reply markup are " +
      "exactly the same as a current content and reply markup of the message",
  );

const seconds = (time: Date) => Math.floor(time.getTime() / 1000);

const chatShown = (chatId: string) => ({
  id: /^-?\d+$/.test(chatId) ? Number(chatId) : chatId,
  title: "Orders",
  type: "supergroup",
});

function shown(message: KeptMessage) {
  return {
    message_id: message.messageId,
    from: bot,
    chat: chatShown(message.chatId),
    date: message.date,
    text: message.text,
    ...(message.threadId === undefined ? {} : { message_thread_id: message.threadId }),
    ...(message.entities.length > 0 ? { entities: message.entities } : {}),
    ...(message.keyboard ? { reply_markup: message.keyboard } : {}),
  };
}
