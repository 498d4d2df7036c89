import { testAction } from "../../connector-kit/conformance.ts";
import { anOrder } from "../../connector-kit/sample-order.ts";
import { aCompany, aVatDecision, invoiced } from "./shop-for-tests.ts";

const [order, vat] = [anOrder(), aVatDecision()];
const to = (resource: string) => (request: Request) =>
  new URL(request.url).pathname === `/${resource}`;
const counts = (kind: string) => (simulator: { records(): readonly { kind: string }[] }) =>
  simulator.records().filter((record) => record.kind === kind).length;

testAction("netvisor.customer", () => {
  const { accounting, simulator } = aCompany();
  const when = to("customer.nv");
  return {
    action: accounting.customer,
    input: { order },
    simulator,
    when,
    count: counts("customer"),
  };
});

testAction("netvisor.invoice", async () => {
  const { accounting, simulator, call } = aCompany();
  const { customerId } = await accounting.customer.run({ order }, call);
  const input = { order, vat, customerId };
  const when = to("salesinvoice.nv");
  return { action: accounting.invoice, input, simulator, when, count: counts("invoice") };
});

testAction("netvisor.invoice, when adding its first product goes wrong", async () => {
  const { accounting, simulator, call } = aCompany();
  const { customerId } = await accounting.customer.run({ order }, call);
  const input = { order, vat, customerId };
  const when = to("product.nv");
  const count = () =>
    simulator.records().filter(({ fields }) => fields.code === "CUR-140-250").length;
  return { action: accounting.invoice, input, simulator, when, count };
});

testAction("netvisor.payment", async () => {
  const company = aCompany();
  const { invoiceId } = await invoiced(company, order, vat);
  const { accounting, simulator } = company;
  const when = to("salespayment.nv");
  return {
    action: accounting.payment,
    input: { order, invoiceId },
    simulator,
    when,
    count: counts("payment"),
  };
});

testAction("netvisor.invoice-document", async () => {
  const company = aCompany();
  const input = await invoiced(company, order, vat);
  const { accounting, simulator } = company;
  const when = to("getsalesinvoice.nv");
  return {
    action: accounting.invoiceDocument,
    input,
    simulator,
    when,
    count: counts("invoice"),
  };
});

testAction("netvisor.credit", async () => {
  const company = aCompany();
  const input = { order, vat, ...(await invoiced(company, order, vat)) };
  const { accounting, simulator } = company;
  const when = to("salesinvoice.nv");
  return { action: accounting.credit, input, simulator, when, count: counts("credit-note") };
});
