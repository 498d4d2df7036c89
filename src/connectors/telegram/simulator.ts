// The Telegram Bot API as a fetch handler: one bot, one group.
import type { Simulator, SimulatorKit } from "../../connector-kit/simulator.ts";
import { type KeptMessage, recordOf, TelegramSays } from "./simulated-chat.ts";
import { type Group, methods, moods, type Parameters } from "./simulated-group.ts";

const botToken = "123456:simulated";
const defaultChatId = "-1001000000001";

export function telegramSimulator(kit: SimulatorKit, chatId = defaultChatId): Simulator {
  const messages = kit.collection<KeptMessage>("messages");
  const on = new Set<string>();
  const group: Group = { chatId, messages, now: kit.now, is: (mood) => on.has(mood) };
  return {
    provider: "telegram",
    secrets: { botToken, chatId },
    maxServerMs: 200,
    maxLagMs: 0,
    fetch: (request) =>
      answer(group, request).then((result) => Response.json({ ok: true, result }), refused),
    records: () => messages.values().map(recordOf),
    moods,
    setMood: (name, isOn) => void (isOn ? on.add(name) : on.delete(name)),
  };
}

async function answer(group: Group, request: Request): Promise<unknown> {
  const path = /\/bot([^/]+)\/(\w+)$/.exec(decodeURIComponent(new URL(request.url).pathname));
  if (!path) throw new TelegramSays(404, "Not Found");
  const [, token = "", method = ""] = path;
  if (!/^\d+:./.test(token)) throw new TelegramSays(401, "Unauthorized: invalid token specified");
  if (token !== botToken || group.is("token-revoked")) {
    throw new TelegramSays(401, "Unauthorized");
  }
  if (!Object.hasOwn(methods, method)) throw new TelegramSays(404, "Not Found");
  return methods[method]?.(group, await parameters(request));
}

function refused(thrown: unknown): Response {
  if (!(thrown instanceof TelegramSays)) throw thrown;
  const { status, message, parameters: more } = thrown;
  const wait = more?.retry_after;
  return Response.json(
    { ok: false, error_code: status, description: message, ...(more ? { parameters: more } : {}) },
    { status, headers: wait === undefined ? {} : { "retry-after": String(wait) } },
  );
}

/** Only JSON bodies are understood here; the real API takes forms and queries as well. */
async function parameters(request: Request): Promise<Parameters> {
  const text = await request.text();
  if (text === "") return {};
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === "object" ? { ...value } : {};
  } catch {
    throw new TelegramSays(400, "Bad Request: can't parse the parameters");
  }
}
