// What a person asks for afterwards is a change of its own: an e-mail once more, a copy, a credit note; or no more at all.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { bookReturn } from "./book-return.ts";
import { cancelOrder } from "./cancel-order.ts";
import { creditInvoice } from "./credit-invoice.ts";
import { checked, type OpenDesk, openDesk, stuck } from "./desk-for-tests.ts";
import { previewEmail, resendEmail } from "./resend-email.ts";
import { sendInvoiceCopy } from "./send-invoice-copy.ts";

let at: OpenDesk;
before(async () => {
  at = await openDesk();
});
after(() => at.close());

test("the e-mail goes once more, to another address, and what was sent before is not repeated", async () => {
  const reference = await at.openOrder();
  await assert.rejects(
    resendEmail(at.desk, at.wish(reference, "mail-0")),
    /No e-mail of this order/,
  );
  await at.goOn();
  const to = "aino@example.com";
  const preview = await previewEmail(at.desk, reference, { to });
  assert.deepEqual(
    [preview.to.email, preview.locale, preview.subject],
    [to, "fi", "Tilausvahvistus"],
  );
  const wish = { ...at.wish(reference, "mail-1"), to };
  const [one, two] = await Promise.all([resendEmail(at.desk, wish), resendEmail(at.desk, wish)]);
  assert.deepEqual([one.after.step, two.after.step], ["confirmation-2", "confirmation-2"]);
  await at.goOn();
  const buyer = "buyer@example.com";
  assert.deepEqual(at.sentTo(reference), [buyer, to], "one more, to the new address only");
  assert.equal((await at.ledger.loadOrder(reference))?.order.buyer.email, buyer);
  await resendEmail(at.desk, at.wish(reference, "mail-2"));
  await at.goOn();
  assert.deepEqual(at.sentTo(reference), [buyer, to, buyer], "a new key is a new e-mail");
});

test("an e-mail whose answer was lost is settled before it is sent again", async () => {
  const reference = await at.openOrder();
  await at.goOn();
  await resendEmail(at.desk, at.wish(reference, "mail-3"));
  await at.end(reference, "confirmation-2", stuck(true));
  await assert.rejects(resendEmail(at.desk, at.wish(reference, "mail-4")), /Say first whether/);
});

test("an invoice is credited once, however often and at once it is asked, and copies go as often as wished", async () => {
  const reference = await at.openOrder();
  await assert.rejects(creditInvoice(at.desk, at.wish(reference, "c-0")), /follows from booking/);
  await at.goOn();
  const asked = await Promise.allSettled(
    ["c-1", "c-2", "c-2"].map((key) => creditInvoice(at.desk, at.wish(reference, key))),
  );
  assert.ok(asked.some(({ status }) => status === "fulfilled"));
  await at.goOn();
  assert.equal(at.records(reference).length, 2, "the booking, and one credit");
  await assert.rejects(creditInvoice(at.desk, at.wish(reference, "c-3")), /not done twice/);
  for (const key of ["copy-1", "copy-2"]) {
    await sendInvoiceCopy(at.desk, { ...at.wish(reference, key), to: "books@example.com" });
    await at.goOn();
  }
  const copies = at.sentTo(reference).filter((to) => to === "books@example.com");
  assert.equal(copies.length, 2);
  await assert.rejects(bookReturn(at.desk, at.wish(reference, "r-1")), /no pipeline "return"/);
});

test("a cancelled order begins nothing more, is told apart from a refunded one, and can still be credited", async () => {
  const reference = await at.openOrder();
  await at.end(reference, "check", checked);
  const claim = await at.begin(reference, "booking");
  assert.ok(claim);
  const { after } = await cancelOrder(at.desk, at.wish(reference, "cancel-1"));
  assert.deepEqual(after, {
    notDone: ["row", "confirmation"],
    underWay: ["booking"],
    stays: ["check"],
  });
  await at.ledger.finish(claim, {
    kind: "done",
    output: { id: "record-late" },
    via: "response",
    external: { id: "record-late", isShared: false },
  });
  const order = await at.ledger.loadOrder(reference);
  assert.equal(order?.state, "cancelled");
  const confirmation = order?.steps.find(({ name }) => name === "confirmation");
  assert.match(confirmation?.message ?? "", /A person cancelled/);
  await assert.rejects(cancelOrder(at.desk, at.wish(reference, "cancel-2")), /stopped already/);
  await creditInvoice(at.desk, at.wish(reference, "cancel-3"));
  await at.goOn();
  assert.equal((await at.states(reference)).credit, "done");
  assert.equal(at.records(reference).length, 1, "one credit; the e-mail never went");
  assert.equal(at.sentTo(reference).length, 0);
});
