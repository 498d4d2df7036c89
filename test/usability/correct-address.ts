// Task 2: "Correct the postal code of this order, so that it ships."
import assert from "node:assert/strict";
import { onceEverywhere } from "./once-everywhere.ts";
import { isDone, isHeld, wrongPostalCode } from "./plots.ts";
import { onEachDevice, type Suite, visit, within } from "./suite.ts";

export function correctAddress(suite: Suite): void {
  onEachDevice(
    suite,
    "a postal code is corrected in four clicks, and the parcel goes",
    async (device) => {
      const { orderWhen, pay, held } = suite.shop();
      const number = `PK-1042-${device}`;
      const reference = pay(number, wrongPostalCode);
      await orderWhen(reference, isHeld("check"));
      assert.deepEqual(held(reference, "shipment"), [], "nothing is booked");
      await visit(suite, { device }, async ({ page, clicks }) => {
        await page.getByRole("link", { name: new RegExp(`^Mend it: ${number}`) }).click();
        await page.getByRole("button", { name: "Correct address and make label" }).click();
        const sheet = page.getByRole("dialog");
        assert.equal(await sheet.getByLabel("Postal code").inputValue(), "33100");
        await sheet
          .getByText(/^Label: /)
          .first()
          .waitFor();
        await sheet.getByText(/^Invoice: /).waitFor();
        const begun = performance.now();
        await sheet.getByRole("button", { name: "Correct and continue" }).click();
        await page.getByRole("heading", { name: /^Needs you:/ }).waitFor({ state: "detached" });
        const label = page
          .getByRole("listitem")
          .filter({ hasText: /^Label/ })
          .first();
        await label.getByText(/^done/i).waitFor();
        await page
          .getByText(/Parcel 0\d{17,}/)
          .first()
          .waitFor();
        within(10, begun, "the label is made");
        assert.ok((await clicks()) <= 4, `${await clicks()} clicks`);
      });
      onceEverywhere(suite.shop(), await orderWhen(reference, isDone));
    },
  );
}
