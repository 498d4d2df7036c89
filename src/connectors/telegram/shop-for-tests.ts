// A shop wired to a simulated Telegram, for the tests of this folder.
import { callTo } from "../../connector-kit/conformance.ts";
import { secret, type Wiring } from "../../connector-kit/connector.ts";
import { directSend } from "../../connector-kit/direct-send.ts";
import type { HttpRequest } from "../../connector-kit/http.ts";
import type { Alert } from "../../connector-kit/roles.ts";
import { memoryKit } from "../../connector-kit/simulator.ts";
import { type TelegramOptions, telegram } from "./connector.ts";

export const anAlert = (overrides: Partial<Alert> = {}): Alert => ({
  severity: "needs-you",
  title: "Order PK-10482 waits",
  lines: ["The postal code is not accepted. ABCDEFGHJK1234"],
  link: "https://ordna.example.com/orders/ABCDEFGHJK1234",
  ...overrides,
});

export function telegramShop(
  options: Partial<TelegramOptions> = {},
  now?: () => Date,
  otherSecrets: Readonly<Record<string, string>> = {},
) {
  const botToken = secret("TELEGRAM_BOT_TOKEN");
  const connector = telegram({ botToken, chatId: secret("TELEGRAM_CHAT_ID"), ...options });
  const simulator = connector.simulate(memoryKit(now));
  const wiring: Wiring = {
    hosts: { api: "http://127.0.0.1:9" },
    secrets: { ...simulator.secrets, ...otherSecrets },
    connection: { provider: "telegram", simulated: true, ...connector.connection },
    tokens: { read: async () => undefined, write: async () => true },
  };
  const sent: HttpRequest[] = [];
  const send = (request: HttpRequest) => {
    sent.push(request);
    return directSend(simulator)(request);
  };
  const { send: sendAction, edit } = connector.connect(wiring);
  if (!edit) throw new Error("Telegram's messages can be changed.");
  return {
    connector,
    simulator,
    sent,
    send: sendAction,
    edit,
    call: callTo(simulator, { send }),
    check: () => connector.check(wiring, send),
    /** Another program with the same bot. */
    ask: (method: string, body: unknown, token = simulator.secrets.botToken) =>
      simulator.fetch(
        new Request(`http://127.0.0.1:9/bot${token}/${method}`, {
          method: "POST",
          body: JSON.stringify(body),
        }),
      ),
  };
}
