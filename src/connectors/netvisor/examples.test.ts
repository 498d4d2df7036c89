// The published examples, taken as they are: requests by the simulator, answers by the connector.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { z } from "zod";
import { anOrder } from "../../connector-kit/sample-order.ts";
import type { Order } from "../../order/order.ts";
import type { VatDecision } from "../../tax/vat-decision.ts";
import {
  customerListAnswer,
  invoiceSumsAnswer,
  productListAnswer,
  salesInvoiceListAnswer,
  salesPaymentListAnswer,
} from "./answers.ts";
import { netvisorApi } from "./api.ts";
import { readXml } from "./read-xml.ts";
import { readSettings } from "./settings.ts";
import { aCompany, aVatDecision, now, options } from "./shop-for-tests.ts";
import { vatCodeFor } from "./vat-code.ts";

const read = (name: string) => readFileSync(new URL(`./fixtures/${name}`, import.meta.url), "utf8");

const aProduct = (code: string) =>
  `<root><product><productbaseinformation><productcode>${code}</productcode>` +
  `<productgroup>G</productgroup><name>${code}</name><unitprice type="gross">1,00</unitprice>` +
  "<isactive>1</isactive><issalesproduct>1</issalesproduct>" +
  "</productbaseinformation></product></root>";

test("the simulator takes every example of a request, one after the other", async () => {
  const { simulator, call } = aCompany();
  const { customerKey = "", partnerKey = "" } = simulator.secrets;
  const credentials = { ...readSettings(options), customerKey, partnerKey };
  const api = netvisorApi("https://isvapi.netvisor.fi", credentials, call.send, now);
  const method = { method: "add" };
  await api.add("customer.nv", method, read("customer.add.request.xml"));
  for (const code of ["SKU-1", "SHIP"]) await api.add("product.nv", method, aProduct(code));
  const invoice = await api.add("salesinvoice.nv", method, read("salesinvoice.add.request.xml"));
  const of = (name: string, note = "") =>
    read(name).replace(">501<", `>${invoice}<`).replace(">502<", `>${note}<`);
  await api.add("salespayment.nv", {}, of("salespayment.request.xml"));
  const note = await api.add("salesinvoice.nv", method, read("salesinvoice.credit.request.xml"));
  await api.change("matchcreditnote.nv", {}, of("matchcreditnote.request.xml", note));
  const open = simulator
    .records()
    .filter(({ kind }) => kind === "invoice" || kind === "credit-note")
    .map(({ kind, fields }) => [kind, fields.sum, fields.openSum]);
  assert.deepEqual(open, [
    ["invoice", 10570, -4990],
    ["credit-note", -4990, 0],
  ]);
});

test("every example of an answer is read, those of Netvisor's own documentation too", () => {
  const folders = ["", "published/"];
  const names = folders.flatMap((folder) =>
    readdirSync(new URL(`./fixtures/${folder}`, import.meta.url))
      .filter((name) => name.endsWith(".xml") && !name.includes("request.xml"))
      .map((name) => folder + name),
  );
  assert.equal(names.length, 15);
  const envelope = z.object({ root: z.looseObject({ responsestatus: z.object({}).loose() }) });
  const answers = new Map(
    names.map((name) => [name, envelope.parse(readXml(new TextEncoder().encode(read(name)))).root]),
  );
  const of = (name: string) => answers.get(`published/${name}.xml`);
  assert.deepEqual(customerListAnswer.parse(of("CustomerList")).customerlist[0], {
    netvisorkey: "165",
    code: "AA",
  });
  assert.deepEqual(productListAnswer.parse(of("ProductListEmpty")).productlist, []);
  const [first, second] = salesInvoiceListAnswer.parse(of("SalesInvoiceList")).salesinvoicelist;
  assert.deepEqual([first?.invoicesum.minor, first?.opensum.minor], [12345n, 4567n]);
  assert.deepEqual([second?.referencenumber, second?.privatecomment], ["1070", undefined]);
  const payments = salesPaymentListAnswer.parse(of("SalesPaymentList")).salespaymentlist;
  assert.deepEqual(
    payments.map(({ sum }) => sum.minor),
    [24990n, 20000n],
  );
  const { salesinvoice } = invoiceSumsAnswer.parse(of("GetSalesInvoice"));
  assert.equal(salesinvoice?.salesinvoiceamount.minor, 24412n);
  // Two product lines in one, the second with four decimals.
  assert.deepEqual(
    salesinvoice?.invoicelines.invoiceline.flatMap((line) =>
      line.salesinvoiceproductline.map((sums) => sums.salesinvoiceproductlinesum),
    ),
    [168400n, 30378n],
  );
});

test("the VAT codes that are known without a setting mean what the published list says", () => {
  const meanings = z.record(z.string(), z.string()).parse(JSON.parse(read("vatcodes.json")));
  const codeOf = (scheme: VatDecision["scheme"], taxIds: Order["taxIds"] = []) =>
    vatCodeFor({}, aVatDecision({ scheme }), "0", anOrder({ taxIds })).vatCode;
  const company = [{ type: "eu_vat", value: "DE123456789" }];
  assert.equal(meanings[codeOf("domestic")], "domestic sale");
  assert.equal(meanings[codeOf("export")], "sale outside the EU");
  assert.equal(meanings[codeOf("intra-eu", company)], "EU (intra-community) goods sale");
});
