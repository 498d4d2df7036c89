// PostNord's bodies: our parsers read them; our requests and the simulator's answers look alike.
import assert from "node:assert/strict";
import { test } from "node:test";
import { z } from "zod";
import { directSend } from "../../connector-kit/direct-send.ts";
import type { HttpResponse } from "../../connector-kit/http.ts";
import { anOrder } from "../../connector-kit/sample-order.ts";
import { money } from "../../order/money.ts";
import type { Order } from "../../order/order.ts";
import { readBooking } from "./booking-answer.ts";
import { refusal } from "./failure.ts";
import { readLabels } from "./label-answer.ts";
import type { PostnordOptions } from "./postnord-options.ts";
import { readNearest } from "./service-point.ts";
import { answer, aShop, fixture, orderTo, shapeOf, swedishSender } from "./shop-for-tests.ts";
import { readFound } from "./tracking.ts";

const asked = (service: string, parcels = 1) => ({ service, mark: "ORD-10042", parcels });
const out = (reference: string) => ({ reference, way: "out" }) as const;
const readLabel = (response: HttpResponse, id: string) => readLabels(response, [id], "pdf");

test("a booking is read bare as from booking, and wrapped as from booking with labels", () => {
  const booking = {
    bookingId: "TESTBOOKING0000000000000000001",
    trackingNumber: "00373500450000000010",
    trackingUrl: "https://tracking.postnord.com/fi/?id=00373500450000000010",
    printId: "prt-1",
    service: "19",
  };
  assert.deepEqual(readBooking(answer(fixture("booking.201.response"), 201), asked("19")), booking);
  assert.deepEqual(
    readBooking(answer(fixture("booking-labels-pdf.200.response")), asked("19")),
    booking,
  );
});

test("a failed shipment inside HTTP 200 is refused for good, with PostNord's reason", () => {
  const body = answer(fixture("booking.200-item-fail.response"));
  assert.throws(() => readBooking(body, asked("91")), {
    verdict: "permanent",
    failure: { cause: "service.not_available", field: "shipTo.address.country", status: 200 },
    message: /Service not available for receiver country/,
  });
});

test("the parcel's number is the item id, wherever it stands among the ids", () => {
  const ids = [
    { idType: "shipmentId", value: "SHIP-0001", printId: "prt-2" },
    { idType: "itemId", value: "00373500450000000010" },
  ];
  const urls = [{ type: "TRACKING", url: "http://tracking.example.com/" }];
  const body = {
    bookingId: "B1",
    idInformation: [{ status: "OK", ids, urls, errorResponse: null }],
  };
  const booking = readBooking(answer(body, 201), asked("17"));
  assert.equal(booking.trackingNumber, "00373500450000000010");
  assert.equal(booking.printId, undefined);
  assert.equal(booking.trackingUrl, undefined, "a link without TLS is none");
});

test("an answer that books only a part, or speaks of a new status, leaves a doubt", () => {
  const ok = { status: "OK", ids: [{ idType: "itemId", value: "00373500450000000010" }] };
  for (const status of ["FAIL", "PENDING"]) {
    const body = { bookingId: "B1", idInformation: [ok, { status, ids: null }] };
    assert.throws(() => readBooking(answer(body, 201), asked("17")), {
      verdict: "ambiguous",
    });
  }
  const none = { bookingId: "B1", idInformation: [] };
  assert.throws(() => readBooking(answer(none, 201), asked("17")), { verdict: "ambiguous" });
});

test("both envelopes of refusals are understood", () => {
  const gateway = refusal(answer(fixture("gateway.403.response"), 403), "Booking");
  assert.equal(gateway.failure.cause, "auth.refused");
  const fault = refusal(answer(fixture("booking.400.response"), 400), "Booking");
  assert.equal(fault.verdict, "permanent");
  assert.match(fault.message, /itemIdentification is a required field/);
});

test("429 changed nothing; 499, 503 and 504 leave a doubt about a booking only", () => {
  const verdict = (status: number) => refusal(answer("", status), "Booking").verdict;
  assert.deepEqual([429, 499, 503, 504].map(verdict), [
    "transient",
    "ambiguous",
    "ambiguous",
    "ambiguous",
  ]);
  const question = { ...answer("", 499), request: { method: "GET", url: "https://x" } } as const;
  assert.equal(refusal(question, "Tracking").verdict, "transient");
});

test("a label is decoded by its encoding and believed only as a PDF", () => {
  const labels = answer(fixture("labels-ids-pdf.200.response"));
  const pdf = readLabel(labels, "prt-1");
  assert.equal(Buffer.from(pdf).toString("latin1", 0, 4), "%PDF");
  assert.deepEqual(readLabel(labels, "00373500450000000010"), pdf);
  assert.equal(readLabel(labels, "does-not-exist"), "not-found");
  assert.throws(() => readLabel(labels, "somebody-elses"), { verdict: "ambiguous" });
});

test("ZPL, nothing at all, or more than 5 MiB is no label", () => {
  const item = { itemIds: "0037", printId: "p", status: "OK" };
  const printed = (printout: object) => answer([{ itemIds: [item], printout }]);
  const unreadable = { verdict: "permanent", failure: { cause: "label.unreadable" } };
  const zpl = labelsOf("booking-labels-zpl.200.response");
  assert.throws(() => readLabel(zpl, "prt-1"), unreadable);
  assert.throws(() => readLabel(printed({ encoding: "base64", data: "" }), "p"), unreadable);
  const large = Buffer.concat([Buffer.from("%PDF"), Buffer.alloc(5 * 1024 * 1024)]);
  const data = large.toString("base64");
  assert.throws(() => readLabel(printed({ encoding: "base64", data }), "p"), unreadable);
});

test("a label that failed inside HTTP 200 is refused with PostNord's reason", () => {
  assert.throws(() => readLabel(labelsOf("booking.200-label-fail.response"), "prt-2"), {
    verdict: "permanent",
    message: /Label could not be created/,
  });
});

test("tracking finds our parcel, whatever its status and with times that name no zone", () => {
  const found = fixture("tracking.informed.200.response");
  assert.deepEqual(readFound(answer(found), out("ORD-10042")), [
    { bookingId: "SHP1", trackingNumber: "00373500450000000010", service: "19" },
  ]);
  const text = JSON.stringify(found).replaceAll("INFORMED", "TELEPORTED");
  assert.equal(readFound(answer(text), out("ORD-10042"))[0]?.bookingId, "SHP1");
  const elsewhere = { verdict: "ambiguous", message: /parcels of other references/ };
  assert.throws(() => readFound(answer(found), out("ORD-99999")), elsewhere);
});

test("tracking says 'not found' with HTTP 200 and an empty list, and with nothing else", () => {
  assert.deepEqual(readFound(answer(fixture("tracking.empty.200.response")), out("ORD-1")), []);
  const fault = { shipments: [], compositeFault: { faults: [{ explanationText: "Internal" }] } };
  assert.throws(() => readFound(answer({ TrackingInformationResponse: fault }), out("ORD-1")));
  assert.throws(() => readFound(answer({ TrackingInformationResponse: {} }), out("ORD-1")));
});

test("a parcel goes to a service point's delivery address; one without is passed over", () => {
  const point = readNearest(answer(fixture("servicepoints.200.response")));
  assert.deepEqual(point, {
    id: "9325",
    name: "Esimerkkipiste Tampere",
    streets: ["Hämeenkatu 1"],
    postalCode: "33100",
    city: "TAMPERE",
    country: "FI",
  });
  const visiting = { servicePointId: "1", name: "Kiosk", visitingAddress: { countryCode: "SE" } };
  const points = { servicePoints: [visiting] };
  assert.equal(readNearest(answer({ servicePointInformationResponse: points })), undefined);
});

const parcelCm = { length: 30, width: 20, height: 10 };

for (const [name, order, options] of [
  ["FI-17-home", orderTo(), {}],
  ["FI-18-DE", germanCompany(), {}],
  [
    "FI-19-pickup",
    orderTo(),
    { services: [{ to: "domestic", service: "19", additional: ["A7", "A3", "A4"] }] },
  ],
  ["SE-17-NO-customsInvoice", toNorway(), swedishSender],
] satisfies [string, Order, Partial<PostnordOptions>][]) {
  test(`what we send has the shape of PostNord's sample ${name}`, async () => {
    const { carrier, simulator, call } = aShop({ parcelCm, ...options });
    let sent: unknown;
    await carrier.book.run(
      { order },
      {
        ...call,
        send: (request) => {
          if (request.method === "POST") sent = JSON.parse(String(request.body));
          return directSend(simulator)(request);
        },
      },
    );
    const sample = fixture(`booking.${name}.request`);
    assert.deepEqual(shapeOf(withoutIncoterm(sent)), shapeOf(sample));
  });

  test(`the simulator books PostNord's sample ${name}`, async () => {
    const { simulator, wiring } = aShop();
    const body = JSON.stringify(fixture(`booking.${name}.request`));
    const url = `https://any.example/rest/shipment/v3/edi?apikey=${wiring.secrets.apiKey}`;
    const response = await simulator.fetch(new Request(url, { method: "POST", body }));
    assert.equal(response.status, 201);
    assert.deepEqual(shapeOf(await response.json()), shapeOf(fixture("booking.201.response")));
    assert.equal(simulator.records().length, 1);
  });
}

function germanCompany(): Order {
  const to = { company: "Muster GmbH", name: "Max Muster", phone: "+4915112345678" };
  const hamburg = { city: "Hamburg", postalCode: "20095", country: "DE" };
  return orderTo(to, { line1: "Industriestraße 5", line2: "Halle 2", ...hamburg });
}

function toNorway(): Order {
  const oslo = { line1: "Storgata 1", city: "Oslo", postalCode: "0155", country: "NO" };
  const { shipTo } = orderTo({ phone: "+4791234567" }, oslo);
  const line = anOrder().lines[1];
  assert.ok(line);
  const goods = { ...line, hsCode: "611594", originCountry: "SE", tax: money(0, "EUR") };
  return anOrder({ shipTo, buyer: shipTo, lines: [goods] });
}

/** What a booking with labels says of the labels: the same as labels by id. */
function labelsOf(name: string) {
  const wrapped = z.object({ labelPrintout: z.array(z.unknown()) });
  return answer(wrapped.parse(fixture(name)).labelPrintout);
}

/** The sample leaves the incoterm open; ours is always stated, and is DAP unless the shop says otherwise. */
function withoutIncoterm(sent: unknown): unknown {
  return JSON.parse(JSON.stringify(sent).replace(',"termsOfSale":"DAP"', ""));
}
