// What the simulated PostNord answers has the shape of PostNord's own answers, body by body.
import assert from "node:assert/strict";
import { test } from "node:test";
import { z } from "zod";
import { aShop, fixture, shapeOf } from "./shop-for-tests.ts";

const idsSchema = z.object({
  idInformation: z.array(z.object({ ids: z.array(z.object({ printId: z.string() })) })),
});

function world(...moods: readonly string[]) {
  const { simulator, wiring } = aShop();
  for (const mood of moods) simulator.setMood(mood, true);
  const ask = async (path: string, body?: unknown): Promise<unknown> => {
    const url = new URL(`https://any.example/rest/${path}`);
    url.searchParams.set("apikey", wiring.secrets.apiKey ?? "");
    const init = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
    return (await simulator.fetch(new Request(url, init))).json();
  };
  return { ask };
}

const sample = () => fixture("booking.FI-19-pickup.request");
const same = (said: unknown, name: string) =>
  assert.deepEqual(shapeOf(said), shapeOf(fixture(`${name}.response`)));

test("a booking with its labels answers 200 and wraps both, as PDF and as ZPL", async () => {
  const { ask } = world();
  same(await ask("shipment/v3/edi/labels/pdf", sample()), "booking-labels-pdf.200");
  same(await ask("shipment/v3/edi/labels/zpl", sample()), "booking-labels-zpl.200");
});

test("a shipment or a label that fails inside HTTP 200 is told as PostNord tells it", async () => {
  const items = world("refuses-service");
  same(await items.ask("shipment/v3/edi/labels/pdf", sample()), "booking.200-item-fail");
  const labels = world("label-fail");
  same(await labels.ask("shipment/v3/edi/labels/pdf", sample()), "booking.200-label-fail");
});

test("labels by id answer what they know and fail what they do not", async () => {
  const { ask } = world();
  const booked = idsSchema.parse(await ask("shipment/v3/edi", sample()));
  const id = booked.idInformation[0]?.ids[0]?.printId;
  const ids = [{ id }, { id: "does-not-exist" }];
  same(await ask("shipment/v3/labels/ids/pdf", ids), "labels-ids-pdf.200");
});

test("tracking and service points answer as PostNord's do", async () => {
  const { ask } = world();
  await ask("shipment/v3/edi", sample());
  const base = "shipment/v7/trackandtrace/customernumber/1234567890/reference";
  same(await ask(`${base}/ORD-10042/public`), "tracking.informed.200");
  same(await ask(`${base}/ORD-0/public`), "tracking.empty.200");
  const nearest = "businesslocation/v5/servicepoints/nearest/byaddress?returnType=json";
  same(await ask(`${nearest}&countryCode=FI&postalCode=33100`), "servicepoints.200");
});

test("the endpoint of old examples does not exist", async () => {
  const { ask } = world();
  assert.deepEqual(await ask("shipment/v5/shipment", sample()), { message: "Resource not found" });
});
