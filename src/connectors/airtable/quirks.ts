// What naive code gets wrong with Airtable.
import type { Quirk } from "../../connector-kit/quirk.ts";

export const quirks: readonly Quirk[] = [
  {
    id: "not-the-truth",
    what: "Anybody in the base may change, copy or delete a row, so a row that is read back as the truth loses orders.",
    tests: [
      "what people change in a row is never read: the next write shows the ledger's truth",
      "the row shows how each step stood when it was written, and where to see how it stands now",
    ],
  },
  {
    id: "thirty-seconds-of-silence",
    what: "Five requests a second is a base's limit, whoever asks; one too many costs 30 seconds, in which every retry is refused as well.",
    tests: [
      "five requests a second are too many once, and then for 30 seconds",
      "Airtable may ask for more than 30 seconds, not for less",
    ],
  },
  {
    id: "two-kinds-of-429",
    what: "The month's quota is refused with 429 as well, and no waiting of seconds mends it; the schema still answers.",
    tests: [
      "a spent monthly quota waits for hours and tells a person",
      "a spent quota is seen, though the schema still answers",
      'Airtable\'s refusal "monthlyQuota" is understood',
    ],
  },
  {
    id: "three-error-shapes",
    what: "Errors come as a text, as an object and as a list; a live 429 has the shape that its documentation does not show.",
    tests: [
      'Airtable\'s refusal "rateWrapped" is understood',
      'Airtable\'s refusal "rateDocumented" is understood',
      'Airtable\'s refusal "notFound" is understood',
      "a 429 comes in the wrapped shape, and a restart says that a repeat is safe",
    ],
  },
  {
    id: "wrong-id-looks-forbidden",
    what: "A wrong base or table is answered 403, as a missing permission is.",
    tests: [
      'Airtable\'s refusal "modelNotFound" is understood',
      "a base that the token does not see names the options to look at",
      "a table that does not exist is named, with those that do",
    ],
  },
  {
    id: "renamed-fields",
    what: "People rename fields at any time; ids survive, and answers tell by name what was asked by id unless they are told not to.",
    tests: [
      "fields that are named by their ids are written after they were renamed in Airtable",
      "a row that Airtable answers for another order is not believed, by field id neither",
      "every missing field is named at once",
    ],
  },
  {
    id: "unknown-option",
    what: "A status that is no option of its select is refused, and options cannot be added through the schema.",
    tests: [
      "a status that is no option is refused by name when Airtable may not add it",
      "with typecast Airtable makes the missing status itself",
      "a status field is made with the shop's statuses, for a token that may add none later",
    ],
  },
  {
    id: "search-then-create",
    what: "A formula is slow on a big table, its value has to be escaped, and between the search and the creation another row may come.",
    tests: ["a row is written in one request, by upsert, and nothing is searched for before"],
  },
  {
    id: "numbers-are-numbers",
    what: "A number as text is refused, and an amount is a number in whole currency units.",
    tests: [
      "an amount without cents and one with three decimals arrive as they are",
      'Airtable\'s refusal "badValue" is understood',
    ],
  },
  {
    id: "no-unique-fields",
    what: "Two first upserts that meet make two rows, and from then on every upsert of that order fails.",
    tests: [
      "two first upserts that meet make two rows, so those of one order are exclusive",
      "an order that has two rows already is left to a person, who is told why",
      "airtable.row: lose-answer leaves exactly one record",
    ],
  },
  {
    id: "put-empties-cells",
    what: "PUT empties every cell that it does not name, those that people filled in too.",
    tests: ["shipping adds tracking and invoice, and leaves what people wrote"],
  },
  {
    id: "empty-cells-are-left-out",
    what: "An empty cell is absent from answers, so a missing one says nothing about the table.",
    tests: ["a list finds by formula, by name and by id, and leaves empty cells out"],
  },
  {
    id: "safe-to-retry-and-done",
    what: "502 and 503 are called safe to retry, and yet the row may have been written.",
    tests: [
      "a 502 may have come after the row was written; a read that failed changed nothing",
      'Airtable\'s refusal "retriable" is understood',
    ],
  },
  {
    id: "scopes-apart",
    what: "Records and schema have scopes of their own, and changing tables needs the creator role as well.",
    tests: [
      "without the schema scope a missing field is still found",
      "a token without the schema's rights is told which scope and role it lacks",
    ],
  },
  {
    id: "attachments-expire",
    what: "Addresses of attachments die after hours, and files that Airtable fetches must be public at that moment.",
    cannotApply:
      "Ordna attaches no files: labels and invoices lie on the order's page, which the row links to.",
  },
  {
    id: "package-retries-for-ever",
    what: "The official package repeats a 429 without end, hides its body, and throws what is no Error.",
    cannotApply:
      "Ordna speaks to Airtable through its own client, one request at a time, without retries.",
  },
];
