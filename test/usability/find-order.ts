// Task 3: "Find the order of the parcel number that the customer reads out."
import assert from "node:assert/strict";
import { numbersOf } from "./numbers-of.ts";
import { onceEverywhere } from "./once-everywhere.ts";
import { isDone } from "./plots.ts";
import { onEachDevice, type Suite, visit } from "./suite.ts";

export function findOrder(suite: Suite): void {
  onEachDevice(suite, "an order is found by whatever the customer reads out", async (device) => {
    const { orderWhen, pay, held } = suite.shop();
    const number = `PK-1777-${device}`;
    const unitPrice = device === "desk" ? 7391 : 8391;
    const order = await orderWhen(pay(number, { shippingAmount: unitPrice }), isDone);
    onceEverywhere(suite.shop(), order);
    const { parcel, invoice } = numbersOf(order);
    assert.match(JSON.stringify(held(order.reference, "shipment")), new RegExp(parcel));
    const amount = `${order.total.minor}`.replace(/(\d\d)$/, ".$1");
    await visit(suite, { device }, async ({ page }) => {
      for (const read of [
        parcel.slice(-6),
        invoice,
        `${number.toLowerCase().replaceAll("-", "_")}@example.com`,
        amount,
      ]) {
        await page.getByRole("heading", { level: 1 }).waitFor({ state: "attached" });
        await page.keyboard.press("/");
        await page.keyboard.type(read);
        await page.keyboard.press("Enter");
        await page.getByRole("heading", { name: `Order ${number}` }).waitFor();
        await page.goto(`${suite.shop().url}/`);
      }
    });
  });
}
