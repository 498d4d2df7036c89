// What a shop configures for Mailgun, checked when the configuration is read.
import type { Secret } from "../../connector-kit/connector.ts";
import { asAddress } from "./mailbox.ts";

export interface MailgunOptions {
  /** Where the domain lives. The other region does not know it. */
  readonly region: "eu" | "us";
  /** The sending domain, e.g. "mg.example.com". */
  readonly domain: string;
  /** An account or role key: look-ups and templates need one. */
  readonly apiKey: Secret;
  /** A domain sending key; then nothing is sent with the account key. */
  readonly sendingKey?: Secret;
  readonly from: { readonly name: string; readonly email: string };
  readonly replyTo?: string;
  /** Put before the layout's name at Mailgun, when several shops share one domain. */
  readonly templatePrefix?: string;
  /** Mailgun takes the message, charges for it and does not deliver it. */
  readonly testMode?: boolean;
  /** Look up in the Logs API instead of the Events API, which Mailgun calls deprecated. */
  readonly logsApi?: boolean;
  /** Mailgun's webhook signing key, which is not the API key. Without it no webhook is believed. */
  readonly webhookSigningKey?: Secret;
  /** How old a webhook may be. Default: 8 hours, because Mailgun repeats one for seven and a half. */
  readonly webhookMaxAgeMs?: number;
  /** How long after sending a message may be missing from the look-up. Default: 35 minutes. */
  readonly lookupLagMs?: number;
  /** For how many days your plan keeps events. Default: 3, as on most; the free one keeps them for 1. */
  readonly eventRetentionDays?: number;
}

export interface Settings extends MailgunOptions {
  readonly from: { readonly name: string; readonly email: string };
  readonly templatePrefix: string;
  readonly lookupLagMs: number;
  readonly eventRetentionDays: number;
  readonly webhookMaxAgeMs: number;
}

const minute = 60_000;

export function readSettings(options: MailgunOptions): Settings {
  const { region, replyTo, templatePrefix = "", lookupLagMs = 35 * minute } = options;
  if (region !== "eu" && region !== "us") {
    throw new RangeError(`Mailgun's region is "eu" or "us", not "${region}".`);
  }
  const domain = options.domain.toLowerCase();
  if (!asAddress(`x@${domain}`)) throw new RangeError(`"${options.domain}" is not a domain.`);
  for (const email of [options.from.email, ...(replyTo === undefined ? [] : [replyTo])]) {
    if (!asAddress(email)) throw new RangeError(`"${email}" is not an e-mail address.`);
  }
  // Mailgun down-cases the names of templates; then only such a name can be found again.
  if (!/^[a-z0-9._-]{0,40}$/.test(templatePrefix)) {
    throw new RangeError(`"${templatePrefix}" is no template prefix: use a-z, 0-9, ".", "_", "-".`);
  }
  if (!(lookupLagMs >= 0)) throw new RangeError("lookupLagMs must not be negative.");
  const { webhookMaxAgeMs = 8 * 60 * minute } = options;
  if (!(webhookMaxAgeMs >= minute && webhookMaxAgeMs <= 7 * 24 * 60 * minute)) {
    throw new RangeError("webhookMaxAgeMs must be from a minute to a week.");
  }
  const { eventRetentionDays = 3 } = options;
  if (!(eventRetentionDays >= 1 && eventRetentionDays <= 365)) {
    throw new RangeError("eventRetentionDays must be from 1 to 365.");
  }
  const windows = { lookupLagMs, eventRetentionDays, webhookMaxAgeMs };
  return { ...options, domain, templatePrefix, ...windows };
}

export const templateName = (settings: Settings, layout: string) =>
  `${settings.templatePrefix}${layout}`.toLowerCase();
