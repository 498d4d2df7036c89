// The suite that every action owes, with the database as the provider behind a wire that goes wrong.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Action, Call } from "../../connector-kit/action.ts";
import type { Books } from "../../connector-kit/books.ts";
import { callTo, testAction } from "../../connector-kit/conformance.ts";
import { bodyText, statusError } from "../../connector-kit/http.ts";
import { anOrder } from "../../connector-kit/sample-order.ts";
import type { Simulator } from "../../connector-kit/simulator.ts";
import { sqlBooks } from "../../ledger/books.ts";
import { listDocuments } from "../../ledger/list-documents.ts";
import { openTestLedger, type TestLedger } from "../../ledger/test-ledger.ts";
import type { Money } from "../../order/money.ts";
import { accounting } from "./connector.ts";
import { readSettings } from "./options.ts";
import { aVatDecision, options } from "./shop-for-tests.ts";

let opened: TestLedger;
before(async () => {
  opened = await openTestLedger();
});
after(() => opened.close());

const connection = {
  ...{ provider: "builtin", account: "builtin:test", simulated: false, limits: {} },
  ...{ deadlineMs: 60_000, maxServerMs: 0, maxLagMs: 0 },
};
const sale = { order: anOrder(), vat: aVatDecision(), customerId: "someone" };

let shops = 0;

/** Books of one's own in the database, and the way to them over a wire. */
function aShop() {
  const settings = readSettings({ ...options, books: `conformance-${++shops}` });
  const work = new Map<string, () => Promise<unknown>>();
  const done = new Map<string, unknown>();
  let asked = 0;
  const held = new Set<string>();
  const simulator: Simulator = {
    ...{ provider: "builtin", secrets: {}, maxServerMs: 0, maxLagMs: 0, moods: {} },
    setMood: () => {},
    records: () => [...held].map((id) => ({ kind: "record", id, reference: "", fields: {} })),
    async fetch(request) {
      const id = new URL(request.url).pathname;
      done.set(id, await work.get(id)?.());
      for (const one of await holdings(settings.books)) held.add(one);
      return Response.json({ done: id });
    },
  };
  const roleFor = ({ send }: Call) => {
    const over = async <T>(what: () => Promise<T>): Promise<T> => {
      const id = `/${++asked}`;
      work.set(id, what);
      const answer = await send({ method: "POST", url: `https://books.example.com${id}` });
      if (answer.status >= 300) throw statusError(answer, "The database did not answer.");
      assert.equal(JSON.parse(bodyText(answer)).done, id);
      return done.get(id) as T; // as: what `what` gave, a moment ago.
    };
    const real = sqlBooks(opened.db);
    const books: Books = {
      issue: (wish) => over(() => real.issue(wish)),
      find: real.find,
      recordPayment: (...told) => over(() => real.recordPayment(...told)),
    };
    return accounting(settings, connection, books);
  };
  return { settings, simulator, roleFor };
}

type Role = ReturnType<ReturnType<typeof aShop>["roleFor"]>;

/** The action with its books at the end of the call's own wire. */
function wired<Input, Output>(
  { roleFor, simulator }: ReturnType<typeof aShop>,
  choose: (role: Role) => Action<Input, Output>,
): Action<Input, Output> {
  return {
    ...choose(roleFor(callTo(simulator))),
    run: (input, call) => choose(roleFor(call)).run(input, call),
  };
}

const keyed = (shop: ReturnType<typeof aShop>, step: string) =>
  callTo(shop.simulator, { key: `ABCDEFGHJK1234-${step}` });

const numbered = (prefix: string) => (simulator: Simulator) =>
  simulator.records().filter(({ id }) => id.startsWith(prefix)).length;

testAction("builtin.invoice", () => {
  const shop = aShop();
  const action = wired(shop, (role) => role.invoice);
  return { action, input: sale, simulator: shop.simulator, count: numbered("2026-") };
});

testAction("builtin.payment", async () => {
  const shop = aShop();
  const call = keyed(shop, "invoice");
  const { invoiceId } = await shop.roleFor(call).invoice.run(sale, call);
  const input = { order: sale.order, invoiceId };
  const action = wired(shop, (role) => role.payment);
  return { action, input, simulator: shop.simulator, count: numbered("paid ") };
});

testAction("builtin.credit", async () => {
  const shop = aShop();
  const call = keyed(shop, "invoice");
  const invoice = await shop.roleFor(call).invoice.run(sale, call);
  const input = { ...sale, ...invoice };
  const action = wired(shop, (role) => role.credit);
  return { action, input, simulator: shop.simulator, count: numbered("C2026-") };
});

test("the files of an invoice are kept once, however often they are asked for", async () => {
  const shop = aShop();
  const kept: string[] = [];
  const call = keyed(shop, "invoice");
  const role = shop.roleFor(call);
  const invoice = await role.invoice.run(sale, call);
  const keeping: Call = {
    ...call,
    keep: async (document) => {
      const file = await call.keep(document);
      kept.push(`${file.fileName} ${file.sha256}`);
      return file;
    },
  };
  const first = await role.invoiceDocument.run(invoice, keeping);
  assert.deepEqual(await role.invoiceDocument.run(invoice, keeping), first);
  assert.equal(kept.length, 6);
  assert.equal(new Set(kept).size, 3, "PDF, UBL and CII, byte for byte the same again");
});

test("an order that changed after its invoice is told, and the invoice stays", async () => {
  const shop = aShop();
  const call = keyed(shop, "invoice");
  const role = shop.roleFor(call);
  const { invoiceId } = await role.invoice.run(sale, call);
  const lines = sale.vat.lines.map((line, index) =>
    index === 0 ? { ...line, net: add(line.net, -1), vat: add(line.vat, 1) } : line,
  );
  const { net, vat, gross } = sale.vat.total;
  const total = { net: add(net, -1), vat: add(vat, 1), gross };
  const [group] = sale.vat.groups;
  assert.ok(group);
  const other = { ...sale.vat, lines, groups: [{ ...group, ...total }], total };
  await assert.rejects(role.invoice.run({ ...sale, vat: other }, call), /is not changed any more/);
  const credit = keyed(shop, "credit");
  const input = { ...sale, vat: other, invoiceId, invoiceNumber: invoiceId };
  await assert.rejects(role.credit.run(input, credit), /was issued over 159\.63 EUR/);
  assert.deepEqual(await holdings(shop.settings.books), ["2026-00001"]);
});

const add = ({ minor, currency }: Money, more: number): Money => ({
  minor: minor + BigInt(more),
  currency,
});

async function holdings(books: string): Promise<string[]> {
  const { invoices } = await listDocuments(opened.db, { books, limit: 200 });
  const paid = invoices.filter(({ paidOn }) => paidOn !== null);
  return [...invoices.map(({ number }) => number), ...paid.map(({ number }) => `paid ${number}`)];
}
