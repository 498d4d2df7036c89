import { testAction } from "../../connector-kit/conformance.ts";
import { anOrder } from "../../connector-kit/sample-order.ts";
import { airtableShop } from "./shop-for-tests.ts";

const changes = (request: Request) => request.method === "PATCH";

testAction("airtable.row", () => {
  const { simulator, worklist } = airtableShop();
  return {
    action: worklist.row,
    input: { order: anOrder() },
    simulator,
    when: changes,
    count: (s) => s.records().filter((row) => row.fields.Status === "Queued").length,
  };
});

testAction("airtable.updateRow", async () => {
  const { simulator, worklist, call } = airtableShop();
  const order = anOrder();
  const { rowId } = await worklist.row.run({ order }, call);
  const fulfilment = { trackingNumber: "00370730254812345678", invoiceNumber: "1042" };
  return {
    action: worklist.updateRow,
    input: { order, rowId, ...fulfilment },
    simulator,
    when: changes,
    count: (s) => s.records().filter((row) => row.fields["Invoice number"] === "1042").length,
  };
});
