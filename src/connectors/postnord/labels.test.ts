// Labels as PDF and as ZPL, and what is no label.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Document } from "../../connector-kit/action.ts";
import { readLabels } from "./label-answer.ts";
import { labelKinds } from "./label-format.ts";
import type { PostnordOptions } from "./postnord-options.ts";
import { answer, aShop, orderTo } from "./shop-for-tests.ts";

async function aBooking(options: Partial<PostnordOptions> = {}) {
  const shop = aShop(options);
  const order = orderTo();
  const booking = await shop.carrier.book.run({ order }, shop.call);
  const kept: Document[] = [];
  const asked: URL[] = [];
  const call: typeof shop.call = {
    ...shop.call,
    send: (request) => {
      asked.push(new URL(request.url));
      return shop.call.send(request);
    },
    keep: (document) => {
      kept.push(document);
      return shop.call.keep(document);
    },
  };
  const print = (one = booking) => shop.carrier.label.run({ order, booking: one }, call);
  const text = () => Buffer.from(kept.at(-1)?.bytes ?? []).toString("latin1");
  return { ...shop, booking, print, text, asked };
}

const unreadable = { verdict: "permanent", failure: { cause: "label.unreadable" } };

test("a shop with a thermal printer gets ZPL, under its own media type and ending", async () => {
  const { print, text, booking } = await aBooking({ labelFormat: "zpl" });
  const file = await print();
  assert.equal(file.mediaType, "application/vnd.zebra-zpl");
  assert.equal(file.fileName, `label-${booking.trackingNumber}.zpl`);
  assert.match(text(), /^\^XA[\s\S]*\^XZ\s*$/);
  assert.match(text(), new RegExp(booking.trackingNumber));
});

test("an office printer gets its page", async () => {
  const { print, asked } = await aBooking({ paperSize: "A4" });
  await print();
  assert.equal(asked[0]?.searchParams.get("paperSize"), "A4");
  assert.equal(asked[0]?.searchParams.get("locale"), "fi");
});

test("a PDF is no ZPL and ZPL is no PDF: neither is kept as the other", async () => {
  for (const [labelFormat, name] of [
    ["zpl", "ZPL"],
    ["pdf", "PDF"],
  ] as const) {
    const { simulator, print, text } = await aBooking({ labelFormat });
    simulator.setMood("label-of-another-kind", true);
    await assert.rejects(print(), { ...unreadable, message: new RegExp(`is not a ${name}`) });
    assert.equal(text(), "");
  }
});

test("ZPL is whole labels and nothing else: a printer waits for ever for the end of one", () => {
  const isZpl = (text: string) => labelKinds.zpl.isOne(new TextEncoder().encode(text));
  assert.ok(isZpl("^XA^FO20,20^FDTEST^FS^XZ"));
  assert.ok(isZpl("~DGR:LOGO.GRF,1,1,FF^XA^FDone^FS^XZ\n^XA^FDtwo^FS^XZ\r\n"));
  for (const text of [
    "",
    "^XZ",
    "^XA^FDTEST",
    "^XA^FDone^XZ^XA^FDtwo",
    "<html>^XA^XZ",
    "^XA^XZ<p>",
    "~^XZ",
  ]) {
    assert.ok(!isZpl(text), text);
  }
});

test("a label that is said to be OK and has no data is no label", async () => {
  const { simulator, print } = await aBooking();
  simulator.setMood("label-empty", true);
  await assert.rejects(print(), { ...unreadable, message: /is empty/ });
});

test("a label that failed is printed later, and nothing is booked again for it", async () => {
  const { simulator, print, parcels, asked } = await aBooking();
  simulator.setMood("label-fail", true);
  await assert.rejects(print(), { verdict: "permanent" });
  simulator.setMood("label-fail", false);
  assert.equal((await print()).mediaType, "application/pdf");
  assert.equal(parcels().length, 1);
  assert.ok(asked.every(({ pathname }) => pathname.endsWith("/v3/labels/ids/pdf")));
});

test("no link to a label leaves: the label is the seller's, and the buyer gets the tracking link", async () => {
  const { print, booking } = await aBooking();
  assert.doesNotMatch(JSON.stringify(await print()), /https?:/);
  const { trackingUrl, ...rest } = booking;
  assert.match(trackingUrl ?? "", /^https:\/\/tracking\.postnord\.com\//);
  assert.doesNotMatch(JSON.stringify(rest), /https?:/);
});

test("a found parcel that PostNord prints by print id only is for a person: it will never print here", async () => {
  const { simulator, print, booking, asked } = await aBooking();
  simulator.setMood("prints-by-print-id-only", true);
  const { printId: _, ...found } = booking;
  await assert.rejects(print(found), { ...unreadable, message: /print it in PostNord's portal/ });
  assert.equal((await print()).mediaType, "application/pdf", "with its print id it is printed");
  assert.equal(asked.length, 2);
});

test("the labels of several parcels come in one file, as one PDF or as ZPL after ZPL", async () => {
  const heavy = { maxParcelGrams: 2000 };
  const pdf = await aBooking(heavy);
  assert.equal(pdf.booking.moreParcels?.length, 3);
  await pdf.print();
  assert.equal(pdf.asked[0]?.searchParams.get("multiPDF"), "true");
  assert.match(pdf.text(), /^%PDF-/);
  for (const mood of [undefined, "pdf-by-pdf"]) {
    const zpl = await aBooking({ ...heavy, labelFormat: "zpl" });
    if (mood) zpl.simulator.setMood(mood, true);
    await zpl.print();
    assert.equal(zpl.text().split("^XA").length, 5, "four labels");
    for (const { trackingNumber } of [zpl.booking, ...(zpl.booking.moreParcels ?? [])]) {
      assert.match(zpl.text(), new RegExp(trackingNumber));
    }
  }
});

test("a PDF for each parcel instead of one for all is refused, not kept in part", async () => {
  const { simulator, print } = await aBooking({ maxParcelGrams: 2000 });
  simulator.setMood("pdf-by-pdf", true);
  await assert.rejects(print(), { ...unreadable, message: /came as several PDFs/ });
});

test("one parcel of several without a label is not overlooked", () => {
  const item = (itemIds: string, status: string) => ({ itemIds, status });
  const printout = { encoding: "none", data: "^XA^XZ" };
  const said = { message: "id not found", compositeFault: { faults: [] } };
  const labels = [
    { itemIds: [item("0037A", "OK")], printout },
    { itemIds: [{ ...item("0037B", "FAIL"), errorResponse: said }] },
  ];
  assert.equal(readLabels(answer(labels), ["0037A", "0037B"], "zpl"), "not-found");
  const silent = () => readLabels(answer(labels.slice(0, 1)), ["0037A", "0037B"], "zpl");
  assert.throws(silent, /does not speak of our parcel/);
});
