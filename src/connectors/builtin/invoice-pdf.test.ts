import assert from "node:assert/strict";
import { test } from "node:test";
import { inflateSync } from "node:zlib";
import { anOrder } from "../../connector-kit/sample-order.ts";
import { invoiceVat } from "./amounts-for-tests.ts";
import { pdfOf, says, textOf } from "./pdf-for-tests.ts";
import { visualRuns } from "./pdf-text.ts";
import { renderDocument } from "./render-document.ts";
import { contentOf, ofTwoRates, toGermany, toNorway } from "./shop-for-tests.ts";

test("all that Article 226 wants is on the page, in the customer's language", async () => {
  const { text, pages } = await textOf(await pdfOf(contentOf(toGermany())));
  assert.equal(pages, 1);
  says(text, "Rechnung", "2026-00001", "Rechnungsdatum 24. November 2026", "Lieferdatum");
  says(text, "Zahlungsdatum 23. November 2026", "USt-IdNr.: FI12345671", "USt-IdNr.: DE123456789");
  says(
    text,
    "Pikkuna Oy Satamakatu 3 00160 Helsinki",
    "Beispiel GmbH & Co. KG Jürgen Muster Musterstraße 1",
  );
  says(text, "Blackout curtain 140×250", "44,91", "0 %", "134,73 €", "Summe netto 159,63 €");
  says(
    text,
    "Steuerfreie innergemeinschaftliche Lieferung, Artikel 138 Absatz 1 der Richtlinie 2006/112/EG",
  );
  says(text, "Zahlungsreferenz ABCDEFGHJK1234", "Zu zahlen 0,00 €");
});

test("each rate stands with its net and its VAT, and a credit note names its invoice", async () => {
  const { text } = await textOf(await pdfOf(contentOf(ofTwoRates("sv"), "credit-note")));
  says(text, "Kreditfaktura", "Krediterar faktura 2026-00001 av den 24 november 2026");
  says(
    text,
    "25,5 % 107,86 € 27,51 € 135,37 €",
    "13,5 % 27,52 € 3,71 € 31,23 €",
    "Återbetalt 166,60 €",
  );
});

test("letters of every European script come out of the PDF as they went in", async () => {
  const name = "Žluťoučký Łódź Ñandú Þór Ğıİ Ελλάδα Київ Ђорђе";
  const order = { ...ofTwoRates().order, buyer: { ...anOrder().buyer, name } };
  const { text } = await textOf(await pdfOf(contentOf({ ...ofTwoRates(), order })));
  says(text, name, "Kirja: Łódź ja Ελλάδα, Київ");
});

test("Hebrew and Arabic are set from the right, numbers inside of them from the left", async () => {
  assert.deepEqual(visualRuns("מספר 2026-00017", "rtl"), ["2026-00017", "מספר "]);
  assert.deepEqual(visualRuns("ab (שלום) c", "ltr"), ["ab (", "שלום", ") c"]);
  assert.deepEqual(visualRuns("(שלום)", "rtl"), [")שלום("]);
  const order = { ...ofTwoRates("he").order, buyer: { ...anOrder().buyer, name: "משה כהן" } };
  const { text } = await textOf(await pdfOf(contentOf({ ...ofTwoRates("he"), order })));
  says(text, "חשבונית", "משה כהן", "לתשלום", "Kirja: Łódź ja Ελλάδα, Київ");
  const arabic = await textOf(await pdfOf(contentOf(ofTwoRates("ar"))));
  says(arabic.text, "فاتورة", "المشتري", "المستحق");
});

test("a script that the font has not is drawn as a mark and kept in the e-invoice", async () => {
  const order = { ...anOrder(), buyer: { ...anOrder().buyer, name: "山田太郎" } };
  const content = contentOf({
    ...ofTwoRates(),
    order: { ...ofTwoRates().order, buyer: order.buyer },
  });
  says((await textOf(await pdfOf(content))).text, "\ufffd\ufffd\ufffd\ufffd");
  const ubl = await renderDocument(content, "ubl");
  says(new TextDecoder().decode(ubl?.bytes), "山田太郎");
});

test("seventy lines go on over the pages, none is lost, and each page is counted", async () => {
  const bought = Array.from({ length: 70 }, () => ({ gross: 1990, quantity: 2, rate: "25.5" }));
  const { order, vat } = invoiceVat(bought);
  const lines = order.lines.map((line, index) => ({
    ...line,
    description: `Part number ${index + 1}.`,
  }));
  const { text, pages } = await textOf(await pdfOf(contentOf({ order: { ...order, lines }, vat })));
  assert.ok(pages >= 3, `${pages} pages`);
  for (let number = 1; number <= 70; number++) says(text, `Part number ${number}.`);
  says(text, `Sivu ${pages}/${pages}`);
  assert.equal(text.match(/Yksikköhinta/g)?.length, pages, "the table's head is on each page");
});

test("the same document is the same file, byte for byte", async () => {
  const content = contentOf(toNorway());
  assert.deepEqual(await pdfOf(content), await pdfOf(content));
});

test("the PDF is built as PDF/A-3 and Factur-X want it, and carries its own XML", async () => {
  const content = contentOf();
  const bytes = Buffer.from(await pdfOf(content));
  const raw = bytes.toString("latin1");
  assert.match(raw, /^%PDF-1\.7\n%[\x80-\xff]{4}/);
  says(
    raw,
    "/OutputIntents",
    "/S /GTS_PDFA1",
    "/AFRelationship /Alternative",
    "/AF [",
    "/Metadata",
    "/ID [",
  );
  says(raw, "<pdfaid:part>3</pdfaid:part>", "<pdfaid:conformance>B</pdfaid:conformance>");
  says(
    raw,
    "<fx:DocumentFileName>factur-x.xml</fx:DocumentFileName>",
    "<fx:ConformanceLevel>EN 16931",
  );
  says(raw, "<pdfaSchema:prefix>fx</pdfaSchema:prefix>", "/Subtype /text#2Fxml", "(factur-x.xml)");
  assert.doesNotMatch(raw, /\/Encrypt|\/JavaScript|\/Type1\b|\/BaseFont \/Helvetica/);
  const embedded = raw.match(/\/FontFile2/g)?.length ?? 0;
  assert.ok(embedded >= 2, `${embedded} fonts travel along`);
  const xml = await renderDocument(content, "cii");
  assert.ok(attached(bytes).some((file) => file === new TextDecoder().decode(xml?.bytes)));
});

/** What the streams of a PDF hold that can be inflated. */
function attached(pdf: Buffer): string[] {
  const found: string[] = [];
  for (let at = pdf.indexOf("stream\n"); at !== -1; at = pdf.indexOf("stream\n", at + 7)) {
    try {
      found.push(inflateSync(pdf.subarray(at + 7)).toString("utf8"));
    } catch {
      // Not compressed, or the word in an "endstream".
    }
  }
  return found;
}

test("VAT of a state outside the Union has no e-invoice, and its PDF none inside", async () => {
  const content = contentOf();
  const groups = content.groups.map((group) => ({ ...group, category: null }));
  assert.equal(await renderDocument({ ...content, groups }, "ubl"), undefined);
  const pdf = Buffer.from(await pdfOf({ ...content, groups })).toString("latin1");
  assert.doesNotMatch(pdf, /factur-x/);
});
