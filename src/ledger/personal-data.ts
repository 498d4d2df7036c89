// The register of personal data: each column that can hold any, why it is there, and when it goes.
// GDPR Art. 30: https://eur-lex.europa.eu/eli/reg/2016/679/art_30/oj

/** What ends its time: a class of `retention` in the configuration, or what it hangs on. */
export type Ends =
  | "letters"
  | "labels"
  | "customers"
  | "invoices"
  /** Gone with what it waits for. */
  | "at once"
  /** It names people who work here; kept as long as there is a record of what they did. */
  | "staff";

export interface PersonalData {
  /** "table.column", or "files:" and what lies there. */
  readonly where: string;
  readonly holds: string;
  readonly owner: "order management" | "finance" | "operations";
  readonly purpose: string;
  /** GDPR Art. 6(1). */
  readonly basis: "contract, (b)" | "legal obligation, (c)" | "legitimate interest, (f)";
  readonly ends: Ends;
}

export const personalData: readonly PersonalData[] = [
  {
    where: "event.body",
    holds: "what the payment provider told of payment and buyer, byte for byte",
    owner: "operations",
    purpose: "to read a payment again, and to prove what was told",
    basis: "contract, (b)",
    ends: "letters",
  },
  {
    where: "orders.facts",
    holds: "names, addresses, e-mail addresses, telephone numbers, VAT ids, what was bought",
    owner: "order management",
    purpose: "to deliver, to invoice, to answer claims",
    basis: "contract, (b)",
    ends: "customers",
  },
  {
    where: "orders.amended",
    holds: "the same, as a person corrected it",
    owner: "order management",
    purpose: "to deliver, to invoice, to answer claims",
    basis: "contract, (b)",
    ends: "customers",
  },
  ...["amendment.before", "amendment.after", "run.changes"].map(
    (where): PersonalData => ({
      where,
      holds: "what a person corrected",
      owner: "order management",
      purpose: "to know what the customer wrote, and what was made of it",
      basis: "contract, (b)",
      ends: "customers",
    }),
  ),
  {
    where: "orders.held_because",
    holds: "why it was held, as a person wrote it",
    owner: "order management",
    purpose: "to know what it waits for",
    basis: "contract, (b)",
    ends: "customers",
  },
  {
    where: "decision.detail",
    holds: "reasons, notes and corrected values, as people wrote them",
    owner: "order management",
    purpose: "to know who decided what, and why",
    basis: "legitimate interest, (f)",
    ends: "customers",
  },
  ...[
    "decision.actor",
    "orders.assigned_to",
    "bulk.actor",
    "label_print.printed_by",
    "api_key.made_by",
    "book_close.closed_by",
  ].map(
    (where): PersonalData => ({
      where,
      holds: "who works here",
      owner: "operations",
      purpose: "to know who decided what",
      basis: "legitimate interest, (f)",
      ends: "staff",
    }),
  ),
  {
    where: "order_word.word",
    holds: "the words that an order is found by: names, e-mail addresses, telephone numbers",
    owner: "order management",
    purpose: "to find the order of whoever calls",
    basis: "contract, (b)",
    ends: "customers",
  },
  {
    where: "book_document.content",
    holds: "an invoice or credit note, with name and address",
    owner: "finance",
    purpose: "bookkeeping",
    basis: "legal obligation, (c)",
    ends: "invoices",
  },
  ...[
    "person.name",
    "person.email",
    "person.oidc_subject",
    "invitation.name",
    "invitation.email",
    "log_in_failure.subject",
  ].map(
    (where): PersonalData => ({
      where,
      holds: "who may log in, and from where somebody tried",
      owner: "operations",
      purpose: "to let in nobody else",
      basis: "legitimate interest, (f)",
      ends: "staff",
    }),
  ),
  {
    where: "step.output",
    holds: "ids at providers, parcel and invoice numbers, the VAT decision with the buyer's VAT id",
    owner: "finance",
    purpose: "to know what exists because of an order, and why it was taxed so",
    basis: "legal obligation, (c)",
    ends: "invoices",
  },
  {
    where: "said.letter",
    holds: "the words of e-mails to the buyer, with name, address and what was bought",
    owner: "order management",
    purpose: "to know what the customer was told, and what a change of the words would change",
    basis: "contract, (b)",
    ends: "customers",
  },
  {
    where: "effect.external_id",
    holds: "ids at providers",
    owner: "operations",
    purpose: "to do nothing twice",
    basis: "contract, (b)",
    ends: "invoices",
  },
  {
    where: "refund.payment_intent",
    holds: "the payment's id at its provider",
    owner: "finance",
    purpose: "to stop what was paid back",
    basis: "contract, (b)",
    ends: "invoices",
  },
  {
    where: "waiting.exclusive",
    holds: "the e-mail address of a buyer whose contact another order is just making",
    owner: "operations",
    purpose: "to make one contact of a customer, not two",
    basis: "contract, (b)",
    ends: "at once",
  },
  {
    where: "account.gate",
    holds: "the same, while the call lasts",
    owner: "operations",
    purpose: "to make one contact of a customer, not two",
    basis: "contract, (b)",
    ends: "at once",
  },
  {
    where: "files:labels",
    holds: "the delivery address, as a PDF",
    owner: "order management",
    purpose: "to send the parcel",
    basis: "contract, (b)",
    ends: "labels",
  },
  {
    where: "files:invoices",
    holds: "name, address and purchase, as a PDF",
    owner: "finance",
    purpose: "bookkeeping",
    basis: "legal obligation, (c)",
    ends: "invoices",
  },
];

/**
 * Columns of words that name nobody: states, names and ids of ours, hashes, and sentences from which the customer was
 * taken out before they were written (without-customer.ts).
 */
export const impersonal: Readonly<Record<string, readonly string[]>> = {
  account: ["name"],
  alert: [
    "dedupe",
    "error",
    "lines",
    "message_id",
    "outcome",
    "reference",
    "severity",
    "store",
    "title",
  ],
  amendment: ["field", "reference"],
  api_key: ["hash", "hint", "name", "scopes", "stores"],
  attempt_tally: ["outcome", "provider"],
  attempt: ["cause", "message", "name", "outcome", "owner", "run"],
  book_close: ["books"],
  book_document: [
    "books",
    "corrects",
    "currency",
    "key",
    "kind",
    "label",
    "reference",
    "series",
    "store",
  ],
  book_payment: ["books", "currency", "key", "label"],
  book_series: ["books", "name"],
  bulk: ["cause", "fingerprint", "id", "operation", "origin", "provider", "reason", "state"],
  bulk_item: ["bulk", "reference", "state", "step", "why"],
  cause_name: ["fingerprint", "name", "operation", "provider"],
  credential: ["account", "fingerprint"],
  decision: ["detail_hash", "hash", "key", "origin", "previous_hash", "reference", "step", "what"],
  delivery_report: ["account", "event_id", "fate", "name", "run", "token", "why"],
  due: ["subject"],
  effect: ["account", "action", "name", "run", "via"],
  event: [
    "account",
    "api_version",
    "body_sha256",
    "disposition",
    "id",
    "leave_out",
    "object_id",
    "object_type",
    "reason",
    "reference",
    "source",
    "store",
    "type",
  ],
  hook: ["disabled_because", "events", "old_secret", "secret", "stores", "url"],
  hook_message: ["payload", "reference", "type"],
  hook_try: ["answer", "error"],
  installation: ["name", "value"],
  invitation: ["hash", "role", "stores"],
  label_print: ["name", "run"],
  mended_step: ["cause", "name", "operation", "provider", "run"],
  order_tally: ["store"],
  order_word: ["reference"],
  orders: [
    "event_id",
    "forgotten_because",
    "payment_intent",
    "payment_object",
    "reference",
    "source",
    "state",
    "stopped_because",
    "store",
  ],
  person: ["password", "role", "stores", "totp_secret"],
  question: ["fields", "key", "reference", "steps", "token_hash"],
  recovery_code: ["hash"],
  refund: ["currency", "source"],
  removed_file: ["file_key", "name", "run", "why"],
  run: ["id", "reference", "trigger"],
  said: ["name", "run"],
  schema_migration: ["name", "sha256"],
  session: ["hash"],
  staff_mail: ["error", "store", "week"],
  step: [
    "account",
    "action",
    "cause",
    "definition",
    "field",
    "input_digest",
    "lease_owner",
    "message",
    "name",
    "needs",
    "provider",
    "run",
    "state",
  ],
  token: ["name", "value"],
  unprinted_label: ["name", "run"],
  waiting: ["account", "holder", "name", "run", "subject"],
};
