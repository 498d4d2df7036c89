// What naive code gets wrong with Zoho CRM, and the tests that show how Ordna takes it.
import type { Quirk } from "../../connector-kit/quirk.ts";

export const quirks: readonly Quirk[] = [
  {
    id: "none-without-body",
    what: "A search or query without a result is 204 with no body at all.",
    tests: ["a search or look-up without a body is none, not an error"],
  },
  {
    id: "equals-means-contains",
    what: "Equality in a search behaves like containment, and punctuation matches other punctuation.",
    tests: ["a look-alike among the rows of a look-up is nobody's contact"],
  },
  {
    id: "refused-is-not-absent",
    what: "A look-up that is refused (401, 429, 500) has not said that there is no contact.",
    tests: [
      "a look-up that Zoho refuses (dead_token) makes no contact",
      "a look-up that Zoho refuses (concurrency) makes no contact",
      "a look-up that Zoho refuses (internal) makes no contact",
    ],
  },
  {
    id: "index-lags",
    what: "Search does not show a record that was made a moment ago; COQL does.",
    tests: [
      "a contact made a moment ago is found although search does not show it yet",
      "a deal made a moment ago is found although search does not show it yet",
    ],
  },
  {
    id: "email-check-races",
    what: "The check for a known e-mail is a look: two upserts at once make two contacts.",
    tests: ["two orders of one buyer at once make one contact"],
  },
  {
    id: "no-idempotency-key",
    what: "There is no idempotency key: a deal whose answer was lost may exist.",
    tests: [
      "zoho.deal: lose-answer leaves exactly one record",
      "an order field that accepts duplicates is refused before a deal is made",
    ],
  },
  {
    id: "status-of-the-record",
    what: "The status of a write stands in its record, whatever the HTTP status says.",
    tests: ["a write is believed by its HTTP status and its record's status together"],
  },
  {
    id: "id-of-the-other",
    what: "The id beside an error is that of the record that clashed.",
    tests: ["the id of a record that clashed is never taken for the id of a new one"],
  },
  {
    id: "merged-by-name",
    what: "An upsert of deals that names no field merges deals of the same name.",
    tests: ["orders of the same buyer and the same shop number stay two deals"],
  },
  {
    id: "unknown-keys-dropped",
    what: "Keys that are no fields, such as an address of a deal, are dropped without a word.",
    tests: [
      "every field that Ordna writes is one of Zoho's own, or the shop's order field",
      "lines and delivery address stand in the description of a deal",
      "a field that nobody created is named, for Zoho would drop its value silently",
    ],
  },
  {
    id: "renamed-stages",
    what: "Stages and pipelines are the organisation's own, and odd values may be stored.",
    tests: [
      "a Stage that the organisation does not offer is not written, even where Zoho would take it",
      "a Pipeline that the organisation does not offer is not written, even where Zoho would take it",
    ],
  },
  {
    id: "home-currency",
    what: "Amounts are read in the organisation's currency, and not every currency has cents.",
    tests: [
      "kronor are not written as euros into an organisation that knows euros only",
      "multiple currencies that the organisation does not have are found out before an amount is misread",
      "a currency without decimals is not divided by a hundred",
    ],
  },
  {
    id: "closing-date-and-pipeline",
    what: "A deal wants the day of closing and, where there are pipelines, its pipeline.",
    tests: ["a deal carries the reference, the amount in euros, the day and the contact"],
  },
  {
    id: "data-centres",
    what: "An organisation lives in one data centre; elsewhere its tokens are worth nothing.",
    tests: [
      "an answer that sends us to another data centre is refused with its name",
      "when even a new token is refused, the data centre is named and Zoho is spared",
    ],
  },
  {
    id: "ten-tokens",
    what: "Ten access tokens are granted in ten minutes, and the sixteenth active one kills the oldest.",
    tests: [
      "of ten processes that need an access token in the same moment, one asks for it",
      "eight processes at the same table ask Zoho for one access token, and it lies there sealed",
      "nine access tokens in ten minutes are asked for and no tenth, however often they die",
    ],
  },
  {
    id: "refused-with-200",
    what: "The token service says no with HTTP 200, and with 400 when it is throttled.",
    tests: [
      'the token answer "invalid_code" is a refusal whatever its HTTP status',
      'the token answer "invalid_client" is a refusal whatever its HTTP status',
      'the token answer "throttled" is a refusal whatever its HTTP status',
    ],
  },
  {
    id: "dead-token",
    what: "A token dies before its time; the same token will never work again.",
    tests: ["a token that dies in mid-run is replaced once, and the deal is made"],
  },
  {
    id: "names-and-lengths",
    what: "A last name is mandatory, and what is too long is refused.",
    tests: [
      "names are split as Zoho wants them",
      "the organisation's own field lengths count",
      "a deal is cut to the organisation's own lengths, and the whole name stands in its description",
    ],
  },
  {
    id: "workflows-run",
    what: "A write that does not say otherwise starts every workflow, mails to customers among them.",
    tests: [
      "a new contact carries name, address and lead source, and starts no workflow",
      "the automation that the shop names is started, and only that",
    ],
  },
  {
    id: "ids-beyond-numbers",
    what: "Ids have up to nineteen digits: more than a number can carry.",
    tests: ["an id of nineteen digits comes back digit by digit"],
  },
  {
    id: "description-ends",
    what: "A description ends at 32 000 characters.",
    tests: [
      "a huge order fits: name, description and what follows after dispatch",
      "a full description gives way to the tracking number",
    ],
  },
  {
    id: "criteria-escaped",
    what: "Values in a search or query must be escaped, or they are read as part of it.",
    tests: [
      "an apostrophe in an e-mail is written into COQL (backslash)",
      "a SKU with a quote in it is not asked for, it could be read as more than a code",
    ],
  },
  {
    id: "hidden-duplicate",
    what: "A duplicate may hide among several errors of one record.",
    tests: ["a duplicate hidden among several errors is seen, with its module"],
  },
  {
    id: "side-record",
    what: "A CRM that is down is no reason to keep a parcel.",
    cannotApply:
      "The pipeline in ordna.config.ts lets no step of the parcel need a step of the CRM; this is wiring, not the connector's.",
  },
  {
    id: "curated-contacts",
    what: "An update overwrites what people have curated.",
    tests: [
      'a purchase changes a contact that exists as far as "never" allows',
      'a purchase changes a contact that exists as far as "empty" allows',
      'a purchase changes a contact that exists as far as "always" allows',
      "a deal that people have worked on is found again and left as it is",
    ],
  },
  {
    id: "notes-add-up",
    what: "Notes are not unique: a repeat adds another one.",
    tests: [
      "zoho.deal with its note: lose-answer leaves exactly one record",
      "with details in a note, one note under the deal says what was bought and where it goes",
      "a new deal carries the shop's tags, once",
    ],
  },
];
