// How the simulated PostNord can be, by name. What any provider can do wrong is not among them.

export const moods = {
  "forgets-bookings": 'As in PostNord\'s test system, every label is answered "id not found".',
  "prints-by-print-id-only": 'A label that is asked for by item id is "id not found".',
  "refuses-service": "Every shipment fails: the service is not available for the country.",
  "refuses-service-400": "The same as HTTP 400, and nothing of the message is read.",
  "item-fail": "The booking is answered 201, and the shipment in it is FAIL.",
  "books-and-says-499":
    "The booking is made, and the answer is 499: an inner connection was closed.",
  "shipment-id-first": "A booking names the shipment's own id before those of its parcels.",
  "label-fail": "Labels are answered 200, and the label in it is FAIL.",
  "label-empty": "Labels are answered OK, and the label has no data.",
  "label-of-another-kind": "A PDF comes where ZPL was asked for, and ZPL where a PDF was.",
  "pdf-by-pdf": "Several labels come as a PDF each, although one PDF was asked for.",
  "tracking-lag": "A booking shows in tracking a minute late.",
  "loose-references": "Tracking answers with every parcel whose reference begins alike.",
  "gateway-forbidden":
    "The gateway refuses the key with 403, as for a product that is not ordered.",
  "tracking-forbidden": "The key has Booking, and no Track & Trace: 403.",
  "service-points-forbidden": "The key has Booking, and no Service Points: 403.",
} as const;

export type Mood = keyof typeof moods;
/** Whether a mood is on. */
export type Is = (mood: Mood) => boolean;
