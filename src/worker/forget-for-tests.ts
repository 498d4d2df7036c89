// A shop with labels and invoices on a shelf, whose orders grow old when told to.
import assert from "node:assert/strict";
import type { StoredFile } from "../connector-kit/action.ts";
import { ActionError } from "../connector-kit/action-error.ts";
import { anOrder } from "../connector-kit/sample-order.ts";
import { type PrivacyLedger, sqlPrivacyLedger } from "../ledger/privacy-ledger.ts";
import { anEvent, aPayment, aStep, claimed } from "../ledger/test-ledger.ts";
import { referenceFor } from "../order/reference.ts";
import { step } from "../pipeline/step.ts";
import { officeAction } from "./sample-office.ts";
import { openSampleWorld } from "./sample-world.ts";
import type { Shelf } from "./shelf.ts";
import type { World } from "./world.ts";

export const canary = "canary@example.com";

export async function openForgetfulShop() {
  const sample = await openSampleWorld();
  const ledger: PrivacyLedger = sqlPrivacyLedger(sample.db);
  const onShelf = new Set<string>();
  let isAway = false;
  const shelf: Shelf = {
    account: "files:1",
    isLabel: (action) => action === "carrier.label",
    async remove(file) {
      if (isAway)
        throw new ActionError("transient", "The bucket is away.", { cause: "provider.outage" });
      onShelf.delete(file.key);
    },
  };
  const input = ({ reference }: { reference: string }) => ({ reference });
  const world: World = sample.world([step("record", { action: officeAction("safe"), input })]);
  const file = (key: string): StoredFile => {
    onShelf.add(key);
    const sha256 = "0".repeat(64);
    return { key, fileName: `${key}.pdf`, mediaType: "application/pdf", size: 4, sha256 };
  };
  return {
    ...sample,
    privacy: ledger,
    onShelf,
    inWorld: world,
    work: { world, ledger, shelves: new Map([["pikkuna", shelf]]) },
    setAway(is: boolean) {
      isAway = is;
    },
    /** Paid by the canary; with label and invoice unless it stays open. */
    async order({ isOpen = false, email = canary } = {}): Promise<string> {
      const object = aPayment();
      const reference = referenceFor(object);
      const body = new TextEncoder().encode(`{"buyer":"${email}"}`);
      const { subject } = await sample.ledger.recordEvent(anEvent(`evt_${object}`, { body }));
      const steps = [
        aStep("label", { action: "carrier.label" }),
        aStep("invoice-pdf", { action: "books.document" }),
      ];
      const payment = { provider: "stripe", object, livemode: false };
      const buyer = { name: "Maija Canary", email, phone: "+358401112229" };
      const order = anOrder({ reference, payment, buyer, notes: ["Canary called"] });
      await sample.ledger.openOrder(subject, order, { trigger: "paid", steps });
      if (isOpen) return reference;
      for (const name of ["label", "invoice-pdf"]) {
        const id = `${name}-${reference}`;
        const external = { id, isShared: false };
        // The words of an e-mail are kept apart, and go with the customer.
        const output = { ...file(id), said: { subject: "For Maija Canary" } };
        const ending = { kind: "done" as const, output, via: "response" as const, external };
        const claim = await claimed(sample.ledger, reference, name);
        assert.ok(await sample.ledger.finish(claim, ending));
      }
      return reference;
    },
    /** All that was finished or settled is so many days further back. */
    async grow(days: number): Promise<void> {
      await sample.db.query(
        "update orders set changed_at = changed_at - $1 * interval '1 day' where state in ('done', 'cancelled')",
        [days],
      );
      await sample.db.query(
        "update event set settled_at = settled_at - $1 * interval '1 day' where settled_at is not null",
        [days],
      );
      await sample.db.query("delete from installation where name like 'retention:%'", []);
    },
    /** What is left of the canary in the order's facts and letters, and in what was said to it. */
    async traces(reference: string): Promise<string[]> {
      const { rows } = await sample.db.query<Record<"facts" | "letters" | "said", string>>(
        `select facts::text as facts, coalesce(string_agg(encode(e.body, 'escape'), ' '), '') as letters,
           coalesce((select string_agg(d.letter::text, ' ') from said d join run r on r.id = d.run
             where r.reference = $1), '') as said
         from orders o left join event e on e.reference = o.reference where o.reference = $1 group by facts`,
        [reference],
      );
      const [row] = rows;
      assert.ok(row, reference);
      return Object.entries(row).flatMap(([where, text]) =>
        /canary|358401112229/i.test(text) ? [where] : [],
      );
    },
  };
}
