// The way back: a booking of its own that is never taken for the way out.
import assert from "node:assert/strict";
import { test } from "node:test";
import { attempt } from "../../connector-kit/attempt.ts";
import { testAction } from "../../connector-kit/conformance.ts";
import type { Order } from "../../order/order.ts";
import type { PostnordOptions } from "./postnord-options.ts";
import { aShop, orderTo, swedishSender } from "./shop-for-tests.ts";

async function shipped(order = orderTo(), options: Partial<PostnordOptions> = {}) {
  const shop = aShop(options);
  const { bookReturn } = shop.carrier;
  assert.ok(bookReturn);
  const booking = await shop.carrier.book.run({ order }, shop.call);
  const input = { order, booking };
  return {
    ...shop,
    booking,
    bookReturn,
    input,
    giveBack: (isRepeat = false) => attempt(bookReturn, input, shop.call, isRepeat),
    returns: () => shop.simulator.records().filter(({ kind }) => kind === "return"),
    sent: () => shop.simulator.records().filter(({ kind }) => kind === "shipment"),
  };
}

async function refused(order: Order, options: Partial<PostnordOptions> = {}) {
  const { giveBack, returns } = await shipped(order, options);
  const outcome = await giveBack();
  assert.ok(outcome.kind === "failed", outcome.kind);
  assert.equal(returns().length, 0);
  return { ...outcome.error.failure, message: outcome.error.message };
}

testAction("postnord.return", async () => {
  const { bookReturn, input, simulator, returns } = await shipped();
  return {
    action: bookReturn,
    input,
    simulator,
    when: (request) => new URL(request.url).pathname.endsWith("/v3/returns/edi"),
    count: () => returns().length,
  };
});

test("a return is a parcel from the customer to the shop, dropped where the e-mail says", async () => {
  const { giveBack, returns, sent, booking } = await shipped();
  const outcome = await giveBack();
  assert.ok(outcome.kind === "done");
  const [parcel] = returns();
  assert.equal(parcel?.fields.service, "24");
  assert.equal(parcel?.fields.name, "Example Buyer");
  assert.equal(parcel?.fields.weightKg, 4.95);
  assert.equal(parcel?.id, outcome.output.trackingNumber);
  assert.notEqual(outcome.output.trackingNumber, booking.trackingNumber);
  assert.deepEqual([sent().length, returns().length], [1, 1]);
});

test("the label of a return is printed by the same action", async () => {
  const { giveBack, carrier, call } = await shipped();
  const outcome = await giveBack();
  assert.ok(outcome.kind === "done");
  const file = await carrier.label.run({ order: orderTo(), booking: outcome.output }, call);
  assert.equal(file.fileName, `label-${outcome.output.trackingNumber}.pdf`);
});

test("who looks for the return never finds the parcel that was sent, and the other way round", async () => {
  for (const mood of [undefined, "loose-references"]) {
    const { simulator, giveBack, book, input, returns, sent } = await shipped();
    if (mood) simulator.setMood(mood, true);
    const back = await giveBack(true);
    assert.ok(back.kind === "done" && back.via === "response", "nothing was there to be found");
    const again = await giveBack(true);
    assert.ok(again.kind === "done" && again.via === "look-up");
    assert.equal(again.output.trackingNumber, returns()[0]?.id);
    const out = await book(input.order, true);
    assert.ok(out.kind === "done" && out.via === "look-up");
    assert.equal(out.output.trackingNumber, sent()[0]?.id);
    assert.deepEqual([out.others, again.others], [[], []]);
    assert.deepEqual([sent().length, returns().length], [1, 1], mood);
  }
});

test("a booking is made although tracking shows the order's return, and nothing else", async () => {
  const { simulator, giveBack, input, carrier, call } = await shipped();
  simulator.setMood("loose-references", true);
  await giveBack();
  const { repeat } = carrier.book;
  assert.ok(repeat.how === "look-first");
  const onlyReturns: typeof call.send = async (request) => {
    const answer = await call.send(request);
    const { TrackingInformationResponse: said } = JSON.parse(Buffer.from(answer.body).toString());
    const shipments = said.shipments.filter(
      ({ service }: { service: { code: string } }) => service.code === "24",
    );
    assert.equal(shipments.length, 1);
    const body = JSON.stringify({ TrackingInformationResponse: { shipments } });
    return { ...answer, body: new TextEncoder().encode(body) };
  };
  assert.deepEqual(await repeat.find(input, { ...call, send: onlyReturns }), []);
});

test("a return answered with the number of the parcel it returns leaves a doubt", async () => {
  const { bookReturn, booking, input, call } = await shipped();
  const confused: typeof call.send = async (request) => {
    const answer = await call.send(request);
    const text = Buffer.from(answer.body).toString();
    const body = text.replaceAll(/"value":"00\d{18}"/g, `"value":"${booking.trackingNumber}"`);
    return { ...answer, body: new TextEncoder().encode(body) };
  };
  const run = bookReturn.run(input, { ...call, send: confused });
  await assert.rejects(run, { verdict: "ambiguous", message: /number of the parcel it returns/ });
});

test("a return needs the customer's mobile number and e-mail address", async () => {
  const noPhone = await refused(orderTo({ phone: undefined }));
  assert.deepEqual([noPhone.cause, noPhone.field], ["address.phone_required", "shipTo.phone"]);
  const noEmail = await refused(orderTo({ email: undefined }));
  assert.deepEqual([noEmail.cause, noEmail.field], ["address.email_invalid", "shipTo.email"]);
});

test("a return from outside the Nordics, or over a customs border, is for a person", async () => {
  const berlin = { country: "DE", postalCode: "10115", city: "Berlin" };
  assert.match((await refused(orderTo({}, berlin))).message, /no return of service 24 in DE/);
  const copenhagen = { country: "DK", postalCode: "2100", city: "København" };
  const { giveBack, returns } = await shipped(orderTo({}, copenhagen));
  assert.equal((await giveBack()).kind, "done");
  assert.equal(returns()[0]?.fields.countryCode, "DK");
  const customs = { vatNumber: "FI01111118", eoriNumber: "FI0111111-8" };
  const oslo = orderTo({ phone: "+4791234567" }, { country: "NO", postalCode: "0155" });
  const goods = { hsCode: "630392", originCountry: "EE" };
  const lines = oslo.lines.map((line) => ({ ...line, ...goods }));
  assert.match((await refused({ ...oslo, lines }, { customs })).message, /passes a customs border/);
});

test("a return that is fetched goes with service 20 to where the shop wants it", async () => {
  const sender = swedishSender.sender;
  assert.ok(sender);
  const to = { ...sender, streets: ["Returvägen 2"], phone: "070 111 22 44" };
  const options = { ...swedishSender, returns: { service: "20" as const, to } };
  const home = orderTo({ phone: "+46701234567" }, { country: "SE", postalCode: "11122" });
  const { giveBack, bookReturn, input, call, returns } = await shipped(home, options);
  const outcome = await giveBack();
  assert.equal(outcome.kind, "done", "error" in outcome ? outcome.error.message : "");
  assert.equal(returns()[0]?.fields.service, "20");
  let sent = "";
  await bookReturn.run(input, {
    ...call,
    send: (request) => {
      sent = `${new URL(request.url).pathname} ${request.body}`;
      return call.send(request);
    },
  });
  assert.match(sent, /^\/rest\/shipment\/v3\/edi .*Returvägen 2.*"smsNo":"\+46701112244"/);
});
