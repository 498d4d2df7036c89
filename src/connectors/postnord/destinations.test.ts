// Which service carries a parcel where, and what goes along.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { PostnordOptions } from "./postnord-options.ts";
import type { ServiceRule } from "./service-rules.ts";
import { americanOrder, aShop, finnishSender, orderTo, swedishSender } from "./shop-for-tests.ts";

const swedishRule = (rule: Omit<ServiceRule, "to">): Partial<PostnordOptions> => ({
  ...swedishSender,
  services: [{ to: "rest", ...rule }],
});

async function booked(order = orderTo(), options: Partial<PostnordOptions> = {}) {
  const { book, parcels } = aShop(options);
  const outcome = await book(order);
  assert.ok(outcome.kind === "done", "error" in outcome ? outcome.error.message : "");
  return parcels()[0]?.fields ?? {};
}

async function refused(order = orderTo(), options: Partial<PostnordOptions> = {}) {
  const { book, parcels } = aShop(options);
  const outcome = await book(order);
  assert.ok(outcome.kind === "failed", outcome.kind);
  assert.equal(parcels().length, 0);
  return { ...outcome.error.failure, message: outcome.error.message };
}

test("from Sweden a parcel to America goes with service 91, and from Finland with nobody", async () => {
  const parcel = await booked(americanOrder(), swedishSender);
  assert.equal(parcel.service, "91");
  assert.equal(parcel.countryCode, "US");
  const error = await refused(americanOrder(), { customs: swedishSender.customs });
  assert.match(error.message, /no parcel service from FI to US: use another carrier/);
});

test("Greenland is a country of its own for service 91, also when it is written as Denmark", async () => {
  const nuuk = { country: "DK", postalCode: "3900", city: "Nuuk", state: undefined };
  const parcel = await booked(americanOrder(nuuk), swedishSender);
  assert.deepEqual([parcel.service, parcel.countryCode], ["91", "GL"]);
});

test("the agreement's countries are a limit, whatever PostNord's table says", async () => {
  const denmark = { country: "DK", postalCode: "2100", city: "København" };
  assert.equal((await booked(orderTo({}, denmark))).service, "17");
  const error = await refused(orderTo({}, denmark), { countries: ["FI", "SE"] });
  assert.equal(error.cause, "service.not_available");
});

test("a service point is looked up where PostNord demands one, though the rule forgot it", async () => {
  const rule = { service: "19", additional: ["A4"] } as const;
  const finland = await booked(orderTo(), swedishRule(rule));
  assert.deepEqual(finland.additional, ["A7", "A4"]);
  assert.equal(finland.servicePoint, "900100");
  const sweden = { country: "SE", postalCode: "11122", city: "Stockholm" };
  const domestic = await booked(orderTo({}, sweden), swedishRule(rule));
  assert.deepEqual([domestic.additional, domestic.servicePoint], [["A4"], undefined]);
});

test("what PostNord refuses in a country is left out there: letters abroad, A6 in Norway", async () => {
  const letters = swedishRule({ service: "19", additional: ["A2", "A4"] });
  const estonia = { country: "EE", postalCode: "10111", city: "Tallinn" };
  assert.deepEqual((await booked(orderTo({}, estonia), letters)).additional, ["A7", "A4"]);
  const sweden = { country: "SE", postalCode: "11122", city: "Stockholm" };
  assert.deepEqual((await booked(orderTo({}, sweden), letters)).additional, ["A2", "A4"]);
  const noProof = swedishRule({ service: "17", additional: ["A6"] });
  assert.deepEqual((await booked(orderTo({}, sweden), noProof)).additional, ["A6"]);
  const oslo = { country: "NO", postalCode: "0155", city: "Oslo" };
  const error = await refused(orderTo({}, oslo), noProof);
  assert.equal(error.cause, "config.invalid");
  assert.match(error.message, /service 17 to NO needs another additional service/);
});

test("a business parcel outside of the Nordics needs a phone, and inside of them none", async () => {
  const company = { company: "Example GmbH", phone: undefined };
  const berlin = { country: "DE", postalCode: "10115", city: "Berlin" };
  assert.equal((await refused(orderTo(company, berlin))).cause, "address.phone_required");
  assert.equal((await booked(orderTo(company))).service, "18");
});

test("when the recipient's number is none the buyer's is taken, read in the buyer's country", async () => {
  const sweden = { country: "SE", postalCode: "11122", city: "Stockholm" };
  const order = orderTo({ phone: "see e-mail" }, sweden);
  const buyer = { ...order.buyer, phone: "040 123 4567", address: { country: "FI" } };
  assert.equal((await booked({ ...order, buyer })).smsNo, "+358401234567");
});

test("a company's contact person stands on the label in full, in two lines if need be", async () => {
  const name = "Maria Wilhelmina Alexandra Bernadotte-Mannerheim von Platen";
  const parcel = await booked(orderTo({ company: "Example Oy", name }));
  assert.equal(parcel.name, "Example Oy");
  assert.equal(parcel.contactName, "Maria Wilhelmina Alexandra Bernadotte-Mannerheim");
  assert.equal(parcel.careOfName, name);
});

test("postal codes of Finland and Åland lose every way of writing the country before them", async () => {
  for (const written of ["FIN-00100", "FI00100", "FI-00100"]) {
    const parcel = await booked(orderTo({}, { country: "FI", postalCode: written }));
    assert.equal(parcel.postalCode, "00100");
  }
});

test("no text that is sent is empty: what is not known is left out", async () => {
  const { carrier, simulator, call } = aShop();
  const texts: string[] = [];
  const send: typeof call.send = (request) => {
    texts.push(String(request.body ?? ""));
    return call.send(request);
  };
  const bare = orderTo({ phone: undefined, company: "" }, { line2: "", state: " " });
  await carrier.book.run({ order: bare }, { ...call, send });
  assert.equal(simulator.records().length, 1);
  assert.doesNotMatch(texts.join(), /""/);
});

test("every message is an original, since a deletion may book anew", async () => {
  const { carrier, call } = aShop();
  const asked: string[] = [];
  const send: typeof call.send = (request) => {
    asked.push(`${request.method} ${request.body ?? ""}`);
    return call.send(request);
  };
  const order = orderTo();
  const booking = await carrier.book.run({ order }, { ...call, send });
  await carrier.bookReturn?.run({ order, booking }, { ...call, send });
  assert.equal(asked.length, 2);
  for (const request of asked) assert.match(request, /"updateIndicator":"Original"/);
});

test("the key goes in the query of the v3 endpoint, and in no header", async () => {
  const { carrier, call, wiring } = aShop();
  const asked: string[] = [];
  const send: typeof call.send = (request) => {
    const url = new URL(request.url);
    asked.push(`${url.origin}${url.pathname} ${url.searchParams.get("apikey")}`);
    assert.doesNotMatch(JSON.stringify(request.headers), new RegExp(wiring.secrets.apiKey ?? "?"));
    return call.send(request);
  };
  await carrier.book.run({ order: orderTo() }, { ...call, send });
  const key = wiring.secrets.apiKey;
  assert.deepEqual(asked, [`https://api2.postnord.com/rest/shipment/v3/edi ${key}`]);
  assert.equal(finnishSender.sandbox, undefined);
});

test("a product that the key does not have is named", async () => {
  const points = aShop();
  points.simulator.setMood("service-points-forbidden", true);
  const outcome = await points.book(orderTo({ phone: undefined }));
  assert.ok(outcome.kind === "retry");
  assert.match(outcome.error.message, /refuses the API key for Service Points/);
  const tracking = aShop();
  tracking.simulator.setMood("tracking-forbidden", true);
  const look = await tracking.book(orderTo(), true);
  assert.ok(look.kind === "unknown", "who cannot look does not book");
  assert.match(look.error.message, /refuses the API key for Track & Trace/);
  assert.equal(tracking.parcels().length, 0);
});

test("a service that is refused as HTTP 400 is refused for good, as inside 201", async () => {
  const { simulator, book, parcels } = aShop();
  simulator.setMood("refuses-service-400", true);
  const outcome = await book(orderTo());
  assert.ok(outcome.kind === "failed");
  assert.equal(outcome.error.failure.cause, "service.not_available");
  assert.equal(parcels().length, 0);
});

test("499 after the work leaves a doubt, and the look finds the one parcel", async () => {
  const { simulator, book, parcels } = aShop();
  simulator.setMood("books-and-says-499", true);
  assert.equal((await book(orderTo())).kind, "unknown");
  const found = await book(orderTo(), true);
  assert.ok(found.kind === "done" && found.via === "look-up");
  assert.equal(parcels().length, 1);
});

test("the shipment's own id before the parcel's is not taken for the parcel's number", async () => {
  const { simulator, book, parcels } = aShop();
  simulator.setMood("shipment-id-first", true);
  const outcome = await book(orderTo());
  assert.ok(outcome.kind === "done");
  assert.equal(outcome.output.trackingNumber, parcels()[0]?.id);
  assert.match(outcome.output.trackingNumber, /^00\d{18}$/);
});

test("the tracking link is PostNord's own, for the recipient's country", async () => {
  const { book } = aShop();
  const sweden = { country: "SE", postalCode: "11122", city: "Stockholm" };
  const outcome = await book(orderTo({}, sweden));
  assert.ok(outcome.kind === "done");
  const { trackingUrl, trackingNumber } = outcome.output;
  assert.equal(trackingUrl, `https://tracking.postnord.com/se/?id=${trackingNumber}`);
});

test("the check names a configured service that PostNord does not list", async () => {
  const shop = aShop();
  const lists =
    (codes: readonly string[]): typeof shop.call.send =>
    async (request) => {
      const answer = await shop.call.send(request);
      if (!request.url.includes("/edi/servicecodes")) return answer;
      const serviceCodeDetails = codes.map((serviceCode) => ({ serviceCode }));
      const data = [{ issuerCountryCode: "FI", serviceCodeDetails }];
      return { ...answer, body: new TextEncoder().encode(JSON.stringify({ data })) };
    };
  const { connector, wiring } = shop;
  assert.match(
    await connector.check(wiring, lists(["17", "19"])),
    /does not list service 18 for FI/,
  );
  assert.match(await connector.check(wiring, lists(["17", "18", "19"])), /\(FI\)\.$/);
});
