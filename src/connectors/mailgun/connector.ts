// Mailgun as the shop's mail: https://documentation.mailgun.com/docs/mailgun/api-reference
import type { Action } from "../../connector-kit/action.ts";
import type { Connector, Wiring } from "../../connector-kit/connector.ts";
import { letterOutput } from "../../connector-kit/outputs.ts";
import type { Deliveries, Message } from "../../connector-kit/roles.ts";
import { accountOf } from "./api.ts";
import { checkAccount } from "./check-account.ts";
import { findMessages } from "./find-messages.ts";
import { findTemplates } from "./find-templates.ts";
import { messageIdOf, recipientOf } from "./message-form.ts";
import { readWebhook } from "./read-webhook.ts";
import { sendMessage } from "./send-message.ts";
import { type MailgunOptions, readSettings, type Settings, templateName } from "./settings.ts";
import { mailgunSimulator } from "./simulator.ts";
import { layouts } from "./template.ts";

const regions = { eu: "https://api.eu.mailgun.net", us: "https://api.mailgun.net" } as const;

export function mailgun(options: MailgunOptions): Connector<"mail"> {
  const settings = readSettings(options);
  const { apiKey, sendingKey, webhookSigningKey } = settings;
  return {
    role: "mail",
    provider: "mailgun",
    connection: {
      account: `mailgun:${settings.domain}`,
      // Mailgun publishes no figure, only that there is a limit a second and an account; these are
      // ours.
      limits: { concurrent: 5, perSecond: 10 },
      deadlineMs: 30_000,
      maxServerMs: 120_000,
      // Mailgun's own polling recipe distrusts what is younger than half an hour.
      maxLagMs: settings.lookupLagMs,
    },
    secrets: sendingKey ? { apiKey, sendingKey } : { apiKey },
    ...(webhookSigningKey ? { optionalSecrets: { webhookSigningKey } } : {}),
    trial: settings.testMode ? "testMode: true" : undefined,
    hosts: { api: regions[settings.region] },
    connect: (wiring) => ({
      send: sendAction(settings, wiring),
      deliveries: deliveriesOf(settings, wiring),
    }),
    check: (wiring, send) => {
      const keys = signingKeysOf(wiring);
      return checkAccount(settings, accountOf(settings, wiring), keys, send, new Date());
    },
    setUp: (wiring, send) => findTemplates(settings, accountOf(settings, wiring), send, new Date()),
    simulate: (kit) => mailgunSimulator(kit, simulatedAs(settings)),
  };
}

/** A sandbox is an account whose layouts are in place. */
export const simulatedAs = (settings: Settings) => ({
  domains: [settings.domain],
  templates: layouts.map(({ name, version, html }) => ({
    name: templateName(settings, name),
    tag: version,
    template: html,
  })),
});

/** Several are parted by commas, while one is rolled. */
const signingKeysOf = ({ secrets }: Wiring) =>
  (secrets.webhookSigningKey ?? "").split(/[\s,]+/).filter((key) => key !== "");

function deliveriesOf(settings: Settings, wiring: Wiring): Deliveries | undefined {
  const keys = signingKeysOf(wiring);
  if (keys.length === 0) return undefined;
  return { verify: (body, now) => readWebhook(settings, keys, body, now) };
}

function sendAction(settings: Settings, wiring: Wiring): Action<Message, { messageId: string }> {
  const account = accountOf(settings, wiring);
  return {
    name: "mailgun.send",
    connection: wiring.connection,
    output: letterOutput,
    repeat: {
      how: "look-first", // No idempotency key, and a 5xx may have been queued; events tell.
      // What happened at the very beginning of what is kept may be gone by the time of the look.
      remembersMs: account.retentionMs - 3600_000,
      find: async (message, call) => {
        const messageId = messageIdOf(settings, call);
        const traces = { messageId, recipient: recipientOf(message) };
        const copies = await findMessages(account, traces, settings.logsApi ?? false, call);
        const { locale, template, subject, variables } = message;
        const said = { locale, template, subject, variables };
        return Array.from({ length: copies }, () => ({ messageId, said }));
      },
    },
    record: ({ messageId }) => ({ id: messageId }),
    run: async (message, call) => {
      const { locale, template, subject, variables } = message;
      const sent = await sendMessage(settings, account, message, call);
      return { ...sent, said: { locale, template, subject, variables } };
    },
  };
}
