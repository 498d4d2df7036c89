import assert from "node:assert/strict";
import { test } from "node:test";
import { z } from "zod";
import { aShop, fixture } from "./shop-for-tests.ts";
import { checkDigit, sscc } from "./sscc.ts";

const requestSchema = z.looseObject({ shipment: z.array(z.looseObject({})) });

function world() {
  const { simulator, wiring } = aShop();
  const ask = async (path: string, body?: unknown) => {
    const url = new URL(`https://any.example${path}`);
    url.searchParams.set("apikey", wiring.secrets.apiKey ?? "");
    const init = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
    const response = await simulator.fetch(new Request(url, init));
    return { status: response.status, body: JSON.parse(await response.text()) };
  };
  return { simulator, ask };
}

const sample = () => requestSchema.parse(fixture("booking.FI-17-home.request"));
const withShipment = (change: object) => {
  const request = sample();
  return { ...request, shipment: [{ ...request.shipment[0], ...change }] };
};

test("a message without an item id is refused with PostNord's own words", async () => {
  const { ask, simulator } = world();
  const answer = await ask("/rest/shipment/v3/edi", withShipment({ goodsItem: [{ items: [{}] }] }));
  assert.equal(answer.status, 400);
  assert.deepEqual(answer.body, fixture("booking.400.response"));
  assert.equal(simulator.records().length, 0);
});

test("an application id as a string, an empty text and a long street are refused", async () => {
  const { ask } = world();
  const application = { ...sample(), application: { applicationId: "2458", name: "x" } };
  const wrong = await ask("/rest/shipment/v3/edi", application);
  assert.equal(
    wrong.body.compositeFault.faults[0].explanationText,
    "applicationId (2458) is not a type of integer",
  );
  const freeText = [{ usageCode: "DEL", text: "" }];
  assert.equal((await ask("/rest/shipment/v3/edi", withShipment({ freeText }))).status, 400);
  const text = JSON.stringify(sample()).replace("Hämeenkatu 10 B 4", "x".repeat(51));
  assert.equal((await ask("/rest/shipment/v3/edi", JSON.parse(text))).status, 400);
});

test("a key that is wrong meets the gateway's envelope", async () => {
  const { simulator } = world();
  const url = "https://any.example/rest/shipment/v3/edi?apikey=wrong";
  const response = await simulator.fetch(new Request(url, { method: "POST", body: "{}" }));
  assert.equal(response.status, 403);
  assert.deepEqual(await response.json(), fixture("gateway.403.response"));
});

test("the same message twice makes two parcels", async () => {
  const { ask, simulator } = world();
  await ask("/rest/shipment/v3/edi", sample());
  await ask("/rest/shipment/v3/edi", sample());
  const ids = simulator.records().map(({ id }) => id);
  assert.equal(new Set(ids).size, 2);
  assert.deepEqual(
    simulator.records().map(({ reference }) => reference),
    ["ORD-10043", "ORD-10043"],
  );
});

test("a message marked as a test books nothing; a Finnish parcel cannot be deleted", async () => {
  const { ask, simulator } = world();
  const tried = await ask("/rest/shipment/v3/edi", { ...sample(), testIndicator: true });
  assert.equal(tried.body.idInformation[0].status, "OK");
  const gone = await ask("/rest/shipment/v3/edi", { ...sample(), updateIndicator: "Deletion" });
  assert.equal(gone.status, 400);
  assert.equal(simulator.records().length, 0);
});

test("a service without what it needs, or to the wrong country, fails the shipment", async () => {
  const { ask, simulator } = world();
  const book = async (service: object) => {
    const answer = await ask("/rest/shipment/v3/edi", withShipment({ service }));
    assert.equal(answer.status, 201);
    return answer.body.idInformation[0];
  };
  const home = await book({ basicServiceCode: "17", additionalServiceCode: [] });
  assert.equal(home.status, "FAIL");
  const point = await book({ basicServiceCode: "19", additionalServiceCode: ["A7", "A3"] });
  assert.match(JSON.stringify(point), /deliveryParty is needed for A7/);
  const world91 = await book({ basicServiceCode: "91" });
  const { errorResponse } =
    z
      .object({ bookingResponse: z.object({ idInformation: z.array(z.looseObject({})) }) })
      .parse(fixture("booking.200-item-fail.response")).bookingResponse.idInformation[0] ?? {};
  assert.deepEqual(world91.errorResponse, errorResponse);
  assert.equal(simulator.records().length, 0);
});

test("a label is printed by print id or item id, and what is unknown fails alone", async () => {
  const { ask } = world();
  const booked = await ask("/rest/shipment/v3/edi", sample());
  const { value, printId } = booked.body.idInformation[0].ids[0];
  assert.match(printId, /^[0-9a-f]{32}$/);
  const ids = [{ id: printId }, { id: value }, { id: "does-not-exist" }];
  const labels = (await ask("/rest/shipment/v3/labels/ids/pdf?paperSize=LABEL", ids)).body;
  assert.equal(labels[0].itemIds[0].itemIds, value);
  assert.equal(labels[1].printout.encoding, "base64");
  const strange = await ask("/rest/shipment/v3/labels/ids/pdf", fixture("labels-ids-pdf.request"));
  assert.equal(strange.body.length, 2);
  assert.deepEqual(
    labels[2],
    z.array(z.unknown()).parse(fixture("labels-ids-pdf.200.response"))[1],
  );
});

test("tracking knows a parcel by its id and by customer number with reference", async () => {
  const { ask, simulator } = world();
  await ask("/rest/shipment/v3/edi", sample());
  const id = simulator.records()[0]?.id;
  const base = "/rest/shipment/v7/trackandtrace";
  const byId = await ask(`${base}/id/${id}/public`);
  const byReference = await ask(`${base}/customernumber/1234567890/reference/ORD-10043/public`);
  assert.equal(byId.body.TrackingInformationResponse.shipments[0].items[0].itemId, id);
  assert.deepEqual(byReference.body, byId.body);
  const unknown = await ask(`${base}/id/00373500459999999990/public`);
  assert.equal(unknown.status, 200);
  assert.deepEqual(unknown.body, fixture("tracking.empty.200.response"));
});

test("service points need a country, and the codes of services are told by country", async () => {
  const { ask } = world();
  const path = "/rest/businesslocation/v5/servicepoints/nearest/byaddress?returnType=json";
  const missing = await ask(path);
  assert.equal(missing.status, 400);
  const faults = missing.body.servicePointInformationResponse.compositeFault.faults;
  assert.deepEqual(faults[0].paramValues, [{ param: "countryCode", value: "null" }]);
  const codes = await ask("/rest/shipment/v3/edi/servicecodes");
  const finland = codes.body.data.find(
    (each: { issuerCountryCode: string }) => each.issuerCountryCode === "FI",
  );
  assert.deepEqual(
    finland.serviceCodeDetails.map((each: { serviceCode: string }) => each.serviceCode),
    ["17", "18", "19", "24"],
  );
});

test("parcel numbers carry a valid check digit", () => {
  assert.equal(sscc(1), "00373500450000000010");
  assert.equal(sscc(2), "00373500450000000027");
  assert.equal(checkDigit("37350045000000123"), Number(sscc(123).at(-1)));
});
