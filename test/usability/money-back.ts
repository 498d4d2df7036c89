// Task 8: "The customer cancels, and the money was given back in Stripe."
import assert from "node:assert/strict";
import { isDone, isHeld, wrongPostalCode } from "./plots.ts";
import { onEachDevice, type Suite, visit } from "./suite.ts";

export function moneyBack(suite: Suite): void {
  onEachDevice(
    suite,
    "an order whose money went back before shipping stops, and says so",
    async (device) => {
      const shop = suite.shop();
      const reference = shop.pay(`PK-1080-${device}`, wrongPostalCode);
      await shop.orderWhen(reference, isHeld("check"));
      await visit(suite, { device, address: `/orders/${reference}` }, async ({ page }) => {
        await page.getByRole("heading", { name: /^Order PK-1080/ }).waitFor();
        shop.refund(reference);
        await page.getByText(/€126\.70 of €126\.70 was refunded/).waitFor({ timeout: 60_000 });
        await page.getByText("The order was stopped by that: nothing new of it begins.").waitFor();
        await page.getByRole("heading", { name: /^Needs you:/ }).waitFor({ state: "detached" });
      });
      assert.deepEqual(shop.held(reference, "shipment"), [], "no parcel is bought");
      assert.deepEqual(shop.held(reference, "invoice"), [], "no invoice is made");
    },
  );

  onEachDevice(
    suite,
    "money that went back after shipping brings the way back and a credit note",
    async (device) => {
      const shop = suite.shop();
      const { reference } = await shop.orderWhen(shop.pay(`PK-1081-${device}`), isDone);
      shop.refund(reference);
      await visit(suite, { device, address: `/orders/${reference}` }, async ({ page }) => {
        const card = page.getByRole("region", { name: /was refunded/ });
        await card.getByText("The parcel is on its way already. Book the way back.").waitFor();
        for (const [button, told] of [
          ["Return label", "The return label is being made."],
          ["Credit invoice", "The credit note is being made."],
        ] as const) {
          await card.getByRole("button", { name: button }).click();
          const sheet = page.getByRole("dialog");
          await sheet.getByLabel(/^Why\?/).fill("All of it comes back");
          await sheet.getByRole("button", { name: button }).click();
          await page.getByText(told).waitFor();
        }
        await card.getByText("Nothing is left to decide.").waitFor();
      });
      await shop.orderWhen(
        reference,
        (order) =>
          isDone(order) &&
          order.steps.some(({ name, state }) => name === "return-label" && state === "done"),
      );
      const [note, ...others] = shop.held(reference, "credit-note");
      const [invoice] = shop.held(reference, "invoice");
      assert.ok(note && invoice && others.length === 0, "one credit note");
      assert.match(
        JSON.stringify(note.fields),
        new RegExp(`\\b${invoice.id}\\b`),
        "of its invoice",
      );
      const returns = shop.sandbox.records().filter(({ kind }) => kind === "return");
      assert.equal(returns.filter((one) => one.reference.startsWith(reference)).length, 1);
    },
  );
}
