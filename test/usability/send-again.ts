// Task 7: "Send the confirmation again, to a corrected address."
import assert from "node:assert/strict";
import { isDone } from "./plots.ts";
import { onEachDevice, type Suite, visit } from "./suite.ts";

export function sendAgain(suite: Suite): void {
  onEachDevice(suite, "a confirmation goes once more, to the new address alone", async (device) => {
    const { pay, orderWhen, held } = suite.shop();
    const order = await orderWhen(pay(`PK-1070-${device}`), isDone);
    const [first] = held(order.reference, "message");
    const to = `corrected-${device}@example.com`;
    const why = "The customer gave us another address";
    const address = `/orders/${order.reference}`;
    await visit(suite, { device, address }, async ({ page }) => {
      await page.getByRole("main").getByRole("button", { name: "More", exact: true }).click();
      await page.getByRole("menuitem", { name: "Send e-mail again" }).click();
      const sheet = page.getByRole("dialog");
      await sheet.getByLabel("To", { exact: true }).fill(to);
      await sheet.getByText("The customer reads Finnish.").waitFor();
      await sheet
        .getByText(/Kiitos/)
        .first()
        .waitFor();
      await sheet.getByLabel(/^Why\?/).fill(why);
      await sheet.getByRole("button", { name: "Send" }).click();
      await page.getByText(`The e-mail is on its way to ${to}.`).waitFor();
      const told = page.getByRole("listitem").filter({ hasText: why });
      await told.getByText(/manager@shop\.example/).waitFor();
    });
    await orderWhen(
      order.reference,
      (now) => isDone(now) && held(order.reference, "message").length > 1,
    );
    const [, second, ...others] = held(order.reference, "message");
    assert.deepEqual(others, []);
    assert.match(JSON.stringify(second), new RegExp(to));
    const buyer = `pk_1070_${device}@example.com`;
    assert.match(JSON.stringify(first), new RegExp(buyer));
    assert.doesNotMatch(JSON.stringify(second?.fields), new RegExp(buyer));
  });
}
