// What naive code gets wrong with Stripe.
import type { Quirk } from "../../connector-kit/quirk.ts";

export const quirks: readonly Quirk[] = [
  {
    id: "acknowledged-then-lost",
    what: "Stripe never sends again what was answered with 200, so a mark in a cache followed by a queue that fails loses a paid order.",
    tests: [
      "a payment that Stripe tells of is on disk, byte for byte, before Stripe hears 200",
      "when the database cannot be reached, Stripe is asked to come again and nothing is remembered",
      "the memory learns of an event only when another connection could read it from disk",
    ],
  },
  {
    id: "late-redelivery",
    what: "An event may come again after three days of retries, or thirty days later by hand, long after a cache has forgotten it.",
    tests: [
      "an event that Stripe delivers again is counted, not kept twice, and wakes nobody",
      "an event is recorded once, byte for byte, and each further delivery is counted",
    ],
  },
  {
    id: "same-news-two-events",
    what: "One payment is told by several event types, and now and then by two events of the same type with different ids.",
    tests: [
      "one payment told by two event ids and two event types at once is one order",
      "six events of one payment that are opened at the same instant are one order and one run",
      "the session's event, the payment's and the thin one meet in one and the same order",
    ],
  },
  {
    id: "completed-but-unpaid",
    what: "checkout.session.completed also comes for delayed methods that are not paid yet; the money, or its failure, is announced days later.",
    tests: [
      "a SEPA debit opens its order when the money has come, not before",
      "a delayed payment that fails leaves no order behind",
      "a debit that settled while nobody listened is found, though its session had come unpaid",
    ],
  },
  {
    id: "payments-of-others",
    what: "payment_intent.succeeded comes for everything on the account: invoices, subscriptions, terminals, other programs.",
    tests: [
      "PaymentIntents of invoices, and bare ones if the shop says so, are not orders",
      "a terminal's payments are not the shop's when its own carry a key in their metadata",
      "subscriptions and authorisations that nobody captured open no order",
    ],
  },
  {
    id: "free-order",
    what: "An order with a discount of 100 % has no PaymentIntent and no payment_intent.succeeded.",
    tests: ["a free order has no PaymentIntent and is served all the same"],
  },
  {
    id: "currency-decimals",
    what: "Amounts are integers with 0, 2 or 3 decimals by Stripe's own list, which is neither ISO 4217's nor Intl's.",
    tests: [
      "Stripe counts 0 decimals in BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF",
      "Stripe counts 3 decimals in BHD JOD KWD OMR TND",
      "Stripe counts 2 decimals in ISK UGX HUF TWD EUR SEK USD IDR",
      "half a krona is no amount that a person should see",
    ],
  },
  {
    id: "ten-lines",
    what: "A session shows ten of its lines at most, and a list of lines comes in pages of ten unless asked for more.",
    tests: [
      "more than a hundred lines are read to the last",
      "a foreign client sees ten lines in a session, and all of them page by page",
    ],
  },
  {
    id: "moved-delivery-address",
    what: "session.shipping_details is gone since 2025: the address stands in collected_information, and every part of it may be null.",
    tests: [
      "who bought, where it goes and what the shop added come along",
      "without a delivery address the payment's is used, then the billing address with a note",
    ],
  },
  {
    id: "language-unknown",
    what: "The locale of a session may be null or auto, which says nothing of the buyer's language.",
    tests: ["a language of null or auto falls back to the customer's, then to the country's"],
  },
  {
    id: "shipping-is-no-line",
    what: "Shipping is not among the line items, and discounts stand on the lines: an invoice of the lines alone is not what was paid.",
    tests: [
      "a checkout with inclusive VAT, a discount and shipping becomes the order that was paid",
      "the invoice holds the charge to the cent: VAT and sum of each line are ours",
    ],
  },
  {
    id: "vat-reckoned-again",
    what: "Stripe rounds VAT by line and says why a rate applies; VAT reckoned from the sum differs by cents.",
    tests: [
      "a made-up checkout is coherent to the öre, and both its events lead to it",
      "a discounted order with shipping, sold at home, is 25.5 % VAT to the cent, as Stripe rounded it",
      "lines that do not make up the total become an order with a note that holds it",
    ],
  },
  {
    id: "event-is-a-snapshot",
    what: "An event's copy of its object has the shape of its endpoint's API version and the state of its moment, for ever.",
    tests: [
      "amounts in an event are never believed: the order has what Stripe itself answers",
      "an event of an API version yet to come opens the order all the same",
    ],
  },
  {
    id: "foreign-events",
    what: "Events of the other mode and of connected accounts come to the same address.",
    tests: [
      "an event of live money while our key is for tests opens no order, and the record says why",
      "letters that are not for this store are told once for each account and a day, with what to do",
      "our own account may be named in an event; a connected one is read on its behalf",
    ],
  },
  {
    id: "several-secrets",
    what: "Each endpoint has a secret of its own, a rolled one has two for a day, and Stripe signs with each that is valid.",
    tests: [
      "while a secret is rolled, what is signed with the old one is accepted",
      "snapshot and thin events come from endpoints with secrets of their own, through one door",
      "while a secret is rolled both sign, and the pump runs until it is stopped",
    ],
  },
  {
    id: "429-is-not-retried",
    what: "The official package does not try again after 429, and Stripe sends no Retry-After with it.",
    tests: [
      "Stripe's ways of saying no each have their meaning",
      "Stripe is given as long as it asks for, whether it is down or busy",
      "a read that failed is never in doubt, and the next one finds the order",
    ],
  },
  {
    id: "refusal-for-good",
    what: "400 and 404 never mend themselves, 401 and 403 need a person, 409, 429 and 5xx pass: one retry policy for all is wrong for most.",
    tests: [
      "Stripe's ways of saying no each have their meaning",
      "what Stripe does not know after ten minutes, it never will",
      "a payment that will never be an order is kept, and a person is told once",
    ],
  },
  {
    id: "money-goes-back",
    what: "A payment may be refunded between the order and the label.",
    tests: [
      "a refund after its order and before anything was done stops it",
      "an order that is read after its money went back says how much, with a session and without",
      "a refund whose event never came is found by asking, and stops its order",
      "a payment that was refunded, disputed or reviewed meanwhile says so",
    ],
  },
  {
    id: "types-nobody-asked-for",
    what: "An endpoint may send any of hundreds of types; an error makes Stripe send them for three days.",
    tests: [
      "an event of a type that nobody knows is recorded; whether it is ours is decided later",
      "events that open no order are ignored with a plain reason",
      "news that opens no order says what it means for the shop",
    ],
  },
  {
    id: "names",
    what: "name may be a company's, and the person's own stands in individual_name.",
    tests: [
      "people are called by their own name, companies stand beside it, and nobody is split in two",
      "who bought, where it goes and what the shop added come along",
    ],
  },
  {
    id: "event-in-the-log",
    what: "An event holds names, addresses and a client_secret.",
    tests: [
      "64: no secret and no customer is in what the process says, at the level debug",
      "customers are in the ledger's columns for them and in no other, secrets in none",
    ],
  },
  {
    id: "wrong-secret-is-silent",
    what: "With a wrong webhook secret every order is answered with 400, and lost when Stripe gives up after three days.",
    tests: [
      "an event with the signature of another endpoint is refused, and the operator hears why",
      "a payment whose webhook never came is found, becomes an order once, and a person is told",
      "the doctor says when Stripe delivers nothing, or not everything",
    ],
  },
  {
    id: "delivery-is-not-enough",
    what: "Events may never arrive, those that were acknowledged and lost count as delivered, and Stripe lists them for 30 days only.",
    tests: [
      "a payment whose webhook never came is found, becomes an order once, and a person is told",
      "what Stripe announced more than 30 days ago is found by its session, by its PaymentIntent",
      "a refund whose event never came is found by asking, and stops its order",
    ],
  },
  {
    id: "thin-events",
    what: "A thin event carries no object, another type name and another date format, and constructEvent refuses it.",
    tests: [
      "a signed thin event is the same news in other words",
      "what the simulator delivers, the package believes: snapshots as events, thin ones as notifications",
    ],
  },
  {
    id: "lenient-signature-check",
    what: "The official package accepts a signature from the future, takes tolerance 0 for any age, and strips a byte order mark before it checks.",
    tests: [
      "300 seconds either way are allowed",
      "a wrong secret is told from an old signature",
      "what Stripe signed but nobody can read is kept apart from what nobody signed",
    ],
  },
  {
    id: "two-kinds-of-metadata",
    what: "Metadata of the session is not copied to its PaymentIntent, nor the other way round.",
    tests: ["metadata of the payment and of the session are both read, and the session wins"],
  },
  {
    id: "reads-behind-events",
    what: "A read right after the event may not show yet what the event announced.",
    tests: [
      "a debit that settled, announced while Stripe's reads lag behind, is read again and not forgotten",
      "a refund that Stripe does not know yet is read later",
      "what is not paid ten minutes after its news is no payment, and no order",
    ],
  },
  {
    id: "account-that-left",
    what: "A connected account may take its access back: its 403 looks like that of a wrong key.",
    tests: [
      "an account that took its access back is told to a person, and holds up nobody else",
      "an account that took its access back hides nothing that was paid on the others",
    ],
  },
  {
    id: "talkative-package",
    what: "The official package writes an id of the machine to the home folder, sends along what it guesses of it, and prints Stripe's notices to stderr.",
    tests: [
      "the real package reads an order over real HTTP, without telemetry",
      "a notice that Stripe sends along is not printed past the log",
    ],
  },
  {
    id: "buyers-currency",
    what: "With adaptive pricing the buyer sees another currency than the one that the shop is paid in.",
    tests: ["what the buyer saw in another currency is noted; the order stays in the shop's"],
  },
];
