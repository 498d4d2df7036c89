// What naive code gets wrong with Mailgun.
import type { Quirk } from "../../connector-kit/quirk.ts";

export const quirks: readonly Quirk[] = [
  {
    id: "two-regions",
    what: "Domains live in one region, keys in both: in the wrong one the domain is not found.",
    tests: [
      "a domain in the other region is a setting to mend, and nothing was sent",
      "the check says which setting is wrong: the region, or the key",
    ],
  },
  {
    id: "sending-key-cannot-look",
    what: "A domain's sending key may do nothing but send, so look-ups and templates need another key.",
    tests: ["a wrong key is a plain-text Forbidden; a sending key may send and nothing else"],
  },
  {
    id: "no-idempotency-key",
    what: "The same message twice is two e-mails; only a Message-Id of our own and the events tell what became of the first.",
    tests: [
      "the same Message-Id twice is two messages: Mailgun has no idempotency",
      "mailgun.send: lose-answer leaves exactly one record",
      "what Ordna sends, a foreign client finds by the Message-Id that Ordna gave it",
    ],
  },
  {
    id: "queued-behind-an-error",
    what: "A 5xx may have been queued and delivered all the same.",
    tests: [
      "an e-mail that was queued behind a 500 is found and not sent twice",
      "an answer that is no answer leaves a doubt, never a second e-mail",
    ],
  },
  {
    id: "events-come-late",
    what: "Events are indexed minutes later, so an empty list soon after sending proves nothing.",
    tests: [
      "events show late, so nobody looks before the settle window has passed",
      "a list of events that never ends, or leads elsewhere, is no proof of absence",
    ],
  },
  {
    id: "id-of-its-own",
    what: "Whether an account lists a message under the Message-Id that it was given is not documented.",
    tests: ["an account that lists messages under an id of its own still finds ours"],
  },
  {
    id: "two-look-ups",
    what: "The Events API is deprecated; the Logs API that follows it gives variables as a text of JSON.",
    tests: [
      "the Logs API gives our variables as a JSON string, and is understood",
      "an e-mail to somebody who got hundreds is found on a later page of the Logs API",
      "a stranger's event is not taken for ours when a filter was ignored",
    ],
  },
  {
    id: "sixteen-kilobytes",
    what: "Options, headers and variables have 16 kB together, which a long order fills.",
    tests: [
      "a long order is sent with fewer rows, and no item is uncounted",
      "text that can never fit is refused before it is sent",
    ],
  },
  {
    id: "variables-reach-the-recipient",
    what: "Variables of the kind v: are shown to the recipient in a header and come back in events; t:variables are not.",
    tests: [
      "nothing personal travels in our variables, tags or own headers",
      "the e-mail is in the outbox, with the invoice, and leads back to the order",
    ],
  },
  {
    id: "small-handlebars",
    what: "Its handlebars know few helpers, and text that looks like a placeholder is filled in.",
    tests: [
      "the layout uses nothing that Mailgun's handlebars lack or that would not escape",
      "a name that looks like a template or a placeholder is shown as it was written",
      "handlebars: what Mailgun has is rendered and escaped, what it lacks does not compile",
    ],
  },
  {
    id: "templates-drift",
    what: "Template names are down-cased, versions are switched by hand in the web page, and there may be 40 of them.",
    tests: [
      "a new account gets the layout once; a second push changes nothing",
      "an older layout is brought up to date, and ours comes back after a switch",
      "a look at the layouts changes nothing",
      "a layout that Mailgun does not have is a set-up to finish, not a lost e-mail",
    ],
  },
  {
    id: "test-mode-costs",
    what: "In test mode a message is taken, charged and not delivered.",
    tests: ["test mode reaches Mailgun"],
  },
  {
    id: "forbidden-is-plain-text",
    what: "401 is a plain text and no JSON.",
    tests: [
      "401 Forbidden has one meaning",
      "a key that Mailgun refuses is named as such, and is not in the message",
    ],
  },
  {
    id: "wait-is-in-the-words",
    what: "429 has no header: how long to wait stands in its sentence, as a date or as seconds.",
    tests: [
      "the two ways in which Mailgun asks to wait are both understood",
      "the time to wait is read from both sentences, and from the header",
    ],
  },
  {
    id: "queued-and-never-sent",
    what: "An address that bounced, complained or unsubscribed is answered 'Queued' and gets nothing.",
    tests: [
      "an address that bounced is not written to, and a person hears of it",
      "a bounced address is answered Queued; the events tell the truth",
      "who unsubscribed from the newsletter still gets the order confirmation",
      "a 404 that is not Mailgun's own says nothing about the address: the e-mail is sent later",
    ],
  },
  {
    id: "failed-twice-over",
    what: "A failure that is tried again and one for good are both called 'failed'; the severity tells them apart.",
    tests: [
      "a temporary failure is Mailgun's to repeat, not ours",
      "a message that Mailgun gave up is a person's matter, and says why",
      "a failure that does not say whether it is for good is taken for one",
    ],
  },
  {
    id: "webhook-body-is-not-signed",
    what: "The signature covers a time and a token and nothing of the event, so a signature that was seen once opens the door to any event.",
    tests: [
      "a token is believed once: what was signed for one event tells nothing else",
      "a webhook whose variables and Message-Id do not agree is no news, and somebody hears of it",
      "digits moved between the time and the token of a signature are noticed",
    ],
  },
  {
    id: "signing-key-is-not-the-api-key",
    what: "Webhooks are signed with a key of their own; with the API key every one of them looks forged.",
    tests: [
      "the check compares the webhook signing key with the account's, and shows neither",
      "while the signing key is rolled, both are believed; without one nobody is",
    ],
  },
  {
    id: "webhooks-in-any-order",
    what: "Webhooks come several times, late and in any order, and ids of events are unique for a day only.",
    tests: [
      "an e-mail that was delivered after it had bounced stays bounced",
      "the same webhook in 20 deliveries at once is one report and one alert, and all hear 200",
      "ids of events come again on another day, and are another event then",
      "a webhook that Mailgun repeats for seven and a half hours is still believed, an older one never",
    ],
  },
  {
    id: "406-stops",
    what: "Anything but 200 is told again for hours, and 406 never again: the wrong one of the two floods, or loses a bounce.",
    tests: [
      "406 stops Mailgun from telling it again",
      "who may not tell anything changes nothing, and Mailgun hears whether to come again",
      "while the database is away Mailgun is told to come again, and nothing is lost",
    ],
  },
  {
    id: "bounce-is-silent",
    what: "A bounce comes minutes or hours after the message was taken; who only sends never hears of it.",
    tests: [
      "an e-mail that bounced needs a person, who reads which order, why, and what to do, and no address",
      "an e-mail that was reported as spam needs a person once, also when it had bounced elsewhere",
      "an e-mail that arrived is shown as delivered, and nobody is disturbed",
    ],
  },
  {
    id: "commas-add-recipients",
    what: "A comma in a name or an address makes a second recipient.",
    tests: [
      "a recipient smuggled into the name is one, a second one after a comma is two",
      "a name in a header stays one name, whatever is in it",
    ],
  },
  {
    id: "package-hides-lost-answers",
    what: "The official package tells a lost connection as status 400, which reads like a refusal.",
    tests: [
      "an answer that is lost looks to the official package like a refusal: Ordna has its own client",
    ],
  },
];
