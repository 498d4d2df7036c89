import { mailgunDate } from "./simulated-answer.ts";

/** A domain whose DNS records are in place, with all that Mailgun tells of one. */
export const domainNamed = (name: string, now: Date) => ({
  id: "123456789012345678901234",
  name,
  state: "active",
  type: "custom",
  created_at: mailgunDate(now),
  smtp_login: `postmaster@${name}`,
  spam_action: "disabled",
  is_disabled: false,
  require_tls: false,
  skip_verification: false,
  use_automatic_sender_security: true,
  encrypt_incoming_message: false,
  message_ttl: 259_200,
  web_prefix: "email",
  web_scheme: "https",
  wildcard: false,
});
