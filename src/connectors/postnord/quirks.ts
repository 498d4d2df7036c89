// What naive code gets wrong with PostNord.
import type { Quirk } from "../../connector-kit/quirk.ts";

export const quirks: readonly Quirk[] = [
  {
    id: "endpoint-of-old-examples",
    what: "Examples on the web post to v5/shipment with the key in a header; the booking is v3/edi with the key in the query, so URLs must not be logged.",
    tests: [
      "the key goes in the query of the v3 endpoint, and in no header",
      "the endpoint of old examples does not exist",
      "whatever goes wrong, no error tells the key",
    ],
  },
  {
    id: "nineteen-is-not-home",
    what: "Service 19 goes to a service point, which has to be named; home delivery is 17.",
    tests: [
      "a consumer with a mobile number gets home delivery, which is 17 and not 19",
      "a consumer without a phone gets the nearest service point and an e-mail",
      "a service point is looked up where PostNord demands one, though the rule forgot it",
    ],
  },
  {
    id: "failure-inside-success",
    what: "HTTP 200 or 201 may carry a shipment or a label whose own status is FAIL.",
    tests: [
      "HTTP 201 with a failed shipment in it is no booking",
      "a failed shipment inside HTTP 200 is refused for good, with PostNord's reason",
      "a label that fails inside HTTP 200 waits for a person",
    ],
  },
  {
    id: "first-id-is-not-the-parcel",
    what: "Several kinds of ids stand in one list, and a label's data is encoded as its own field says, or is empty.",
    tests: [
      "the shipment's own id before the parcel's is not taken for the parcel's number",
      "a label is decoded by its encoding and believed only as a PDF",
      "a label that is said to be OK and has no data is no label",
    ],
  },
  {
    id: "bare-or-wrapped",
    what: "A booking answers 201 with a bare body, and a booking with labels 200 with the same thing wrapped.",
    tests: [
      "a booking is read bare as from booking, and wrapped as from booking with labels",
      "a booking with its labels answers 200 and wraps both, as PDF and as ZPL",
    ],
  },
  {
    id: "label-with-the-booking",
    what: "Booking and label in one call make a second parcel when the call is repeated for the label's sake.",
    tests: ["a label that failed is printed later, and nothing is booked again for it"],
  },
  {
    id: "no-cancelling",
    what: "Outside of Sweden a booking can be neither changed nor deleted, and in Sweden a deletion was seen to book anew.",
    tests: ["every message is an original, since a deletion may book anew"],
  },
  {
    id: "phone-decides-the-service",
    what: "Home delivery with FlexChange needs a mobile number; local and fixed numbers do not do.",
    tests: [
      "a local number is booked as E.164, or FlexChange would not find the phone",
      "a landline cannot receive the text message of home delivery",
      "when the recipient's number is none the buyer's is taken, read in the buyer's country",
      "nobody can be told without phone and e-mail, so a person is asked",
    ],
  },
  {
    id: "short-fields",
    what: "Names end at 60 characters, street lines at 50 and cities at 35; what is longer is refused.",
    tests: [
      "what is too long for a line moves to another, and nothing is lost",
      "what cannot be split is never cut: the field is named",
      "a company's contact person stands on the label in full, in two lines if need be",
    ],
  },
  {
    id: "postal-codes-are-texts",
    what: "Postal codes keep their leading zeros, and carry neither blanks nor a country.",
    tests: [
      "postal codes stay strings: zeros stay, blanks and the country before them go",
      "postal codes of Finland and Åland lose every way of writing the country before them",
    ],
  },
  {
    id: "empty-text-is-refused",
    what: "An empty string is an error where a missing key is none.",
    tests: ["no text that is sent is empty: what is not known is left out"],
  },
  {
    id: "swedish-on-a-sheet",
    what: "Without being asked PostNord writes Swedish to the recipient and prints labels on A4.",
    tests: ["the label is a thermal label in the recipient's language, and a PDF"],
  },
  {
    id: "service-point-ids",
    what: "A service point's id is unique within its country only, and parcels go to its delivery address.",
    tests: ["a parcel goes to a service point's delivery address; one without is passed over"],
  },
  {
    id: "customs-nearby",
    what: "Åland, Norway, Great Britain and Switzerland need customs data, with whole pieces and one contact object in spite of its plural.",
    tests: [
      "what leaves the EU's VAT area needs customs data, Åland included",
      "a parcel to Norway declares whole pieces whose values add up to the invoice",
    ],
  },
  {
    id: "no-world-from-finland",
    what: "Only Swedish senders have a parcel service outside of Europe.",
    tests: [
      "from Sweden a parcel to America goes with service 91, and from Finland with nobody",
      "a parcel to America is refused: there is no such service from Finland",
    ],
  },
  {
    id: "tracking-link-is-given",
    what: "The tracking link is in the booking's answer, by country; one that is put together may lead nowhere.",
    tests: ["the tracking link is PostNord's own, for the recipient's country"],
  },
  {
    id: "tracking-says-nothing-with-200",
    what: "Tracking answers an unknown parcel with HTTP 200 and an empty list, leaves zones out of times, and invents statuses.",
    tests: [
      "tracking says 'not found' with HTTP 200 and an empty list, and with nothing else",
      "tracking finds our parcel, whatever its status and with times that name no zone",
      "of two parcels of one order the one that PostNord has in its hands is kept",
    ],
  },
  {
    id: "label-is-not-for-the-buyer",
    what: "A label may come as a link, which naive shops send to the buyer; it belongs to the seller.",
    tests: [
      "no link to a label leaves: the label is the seller's, and the buyer gets the tracking link",
    ],
  },
];
