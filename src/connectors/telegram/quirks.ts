// What naive code gets wrong with Telegram.
import type { Quirk } from "../../connector-kit/quirk.ts";

export const quirks: readonly Quirk[] = [
  {
    id: "markup-in-data",
    what: "In MarkdownV2 an order number with a dash or a price with a point breaks the message; in HTML only four characters have a meaning.",
    tests: [
      "a customer's < & > and quotes arrive as they were written",
      "HTML that Telegram does not know is refused",
      "when Telegram refuses the formatting, the alert arrives as plain text",
    ],
  },
  {
    id: "four-thousand-and-ninety-six",
    what: "A message has 4096 characters, counted after its entities are read; a longer one is refused whole.",
    tests: [
      "4096 characters count after the tags and entities are read",
      "two hundred orders in one alert are cut, counted and accepted",
      "one endless line and an endless title are cut, never through a character",
    ],
  },
  {
    id: "buttons-need-a-real-host",
    what: "A button to localhost or to an address makes Telegram refuse the whole message.",
    tests: [
      "a link that no button takes is written out",
      "when Telegram refuses the button after all, the link is written out",
    ],
  },
  {
    id: "flood-control",
    what: "About a message a second in a chat and 20 a minute in a group; beyond that 429 says how long to wait, in the body and in a header.",
    tests: [
      "a flood waits as long as Telegram asks",
      "a group takes 20 alerts a minute, then asks for the rest of the minute",
    ],
  },
  {
    id: "storms",
    what: "An outage that stops two hundred orders is two hundred messages, which takes ten minutes of refusals and is read by nobody.",
    tests: [
      "a flood of alerts is three messages, and then one a minute that tells all that waits",
      "three messages a minute go out as they come, the fourth waits until the first is a minute old",
      "during an outage one order at a time tries, the others wait, and all go on by themselves when it is over",
    ],
  },
  {
    id: "messages-stay-as-they-are",
    what: "What was told stays in the chat when it is over, unless the message itself is changed; a second message disturbs everybody.",
    tests: [
      "an alert that is over says so in the message that told it, and nobody gets a second one",
      "what is over is said in the message that told it, and in no new one",
      "a message of many is changed once for all that ended, and stays open for the rest",
    ],
  },
  {
    id: "same-words-are-refused",
    what: "A change to the same words is refused as 'message is not modified', although all is as it should be.",
    tests: [
      "an edit changes the message, and the same edit again is no change",
      "telegram.edit: lose-answer leaves exactly one record",
    ],
  },
  {
    id: "groups-move",
    what: "A group that becomes a supergroup gets another id, which only the refusal of the old one tells.",
    tests: ["a group that became a supergroup is followed, and remembered"],
  },
  {
    id: "no-look-up",
    what: "There is no idempotency key, and a bot cannot list what it sent.",
    tests: [
      "a lost answer is left to the people in the chat, who can see the alert",
      "an alert whose answer was lost is not sent again: lose-answer",
      "an alert that was begun by a process that ended counts as perhaps sent",
    ],
  },
  {
    id: "shut-out-for-good",
    what: "A bot that was blocked or removed is refused with 403 for every alert, until a person lets it in.",
    tests: [
      "alerts wait when the account is in trouble: blocked",
      "alerts wait when the account is in trouble: kicked",
      "alerts wait when the account is in trouble: token-revoked",
      "alerts wait when the account is in trouble: chat-gone",
    ],
  },
  {
    id: "token-in-the-address",
    what: "The token is a part of every URL, so an error that shows the URL shows the token.",
    tests: ["no error ever says the token", "the account is named without its secret"],
  },
  {
    id: "token-or-chat",
    what: "A token that is none, one that is refused and a chat that is not there are three different answers.",
    tests: [
      "a token that is none is told apart from a wrong one",
      "the check says which half is wrong: the token or the chat",
    ],
  },
  {
    id: "answers-to-what-is-gone",
    what: "An answer to a message that was deleted is refused, unless it may stand alone.",
    tests: [
      "an alert that answers an earlier one hangs below it, and comes alone when that is gone",
      "a message that is gone cannot be changed, and is not sent anew",
    ],
  },
  {
    id: "long-ids",
    what: "Ids of chats have up to 52 bits: more than 32, and less than a number loses.",
    tests: ["a group that became a supergroup is followed, and remembered"],
  },
  {
    id: "wrong-page-of-a-link",
    what: "A preview of the first link fills half the screen under every alert.",
    tests: ["an alert is sent as Telegram wants it: bold title, a button, no preview"],
  },
];
