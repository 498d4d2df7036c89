// Tasks that a shop gives to whoever looks after its orders, at a desk and on a phone.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fakeOrder } from "./fake-orders.ts";
import { refused, type Suite } from "./suite.ts";

const devices = { desk: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } };

export function tasks({ skip, ordna, onPage }: Suite): void {
  const broken = fakeOrder({ number: 1042, state: "attention", steps: refused });
  for (const [device, viewport] of Object.entries(devices)) {
    const options = { viewport, hasTouch: device === "phone" };

    test(`what needs me now is on the first page, with its button in sight: ${device}`, {
      skip,
    }, () => {
      ordna().orders = [broken, fakeOrder({ number: 1001 })];
      return onPage(
        "/",
        async (page) => {
          await page.getByRole("heading", { name: /^Needs you 1 order/ }).waitFor();
          const button = page.getByRole("link", { name: /^Mend it: PK-1042/ });
          const box = await button.boundingBox();
          assert.ok(box && box.y + box.height < viewport.height - 60, "it is in sight");
        },
        options,
      );
    });

    test(`a postal code is corrected in three clicks, and what follows is told before: ${device}`, {
      skip,
    }, () => {
      ordna().orders = [broken];
      ordna().amended.length = 0;
      ordna().onRetry = () => {
        ordna().orders = [fakeOrder({ number: 1042 })];
      };
      return onPage(
        "/",
        async (page) => {
          await page.getByRole("link", { name: /^Mend it: PK-1042/ }).click();
          await page.getByRole("button", { name: "Correct address and make label" }).click();
          const sheet = page.getByRole("dialog");
          assert.equal(await sheet.getByLabel("Postal code").inputValue(), "00100");
          await sheet.getByText("Booking: made with what you entered").waitFor();
          await sheet.getByText("Invoice: stays as it is").waitFor();
          await sheet.getByRole("button", { name: "Correct and continue" }).click();
          await page.getByRole("heading", { name: /^Needs you:/ }).waitFor({ state: "detached" });
          assert.deepEqual(ordna().amended, [`${broken.reference} 00100`]);
        },
        options,
      );
    });

    test(`an order is found by the end of a number, and opens at once: ${device}`, { skip }, () => {
      ordna().orders = [fakeOrder({ number: 1777 }), fakeOrder({ number: 1001 })];
      return onPage(
        "/orders",
        async (page) => {
          await page.getByRole("heading", { name: "Orders" }).waitFor();
          await page.keyboard.press("/");
          await page.keyboard.type("1777");
          await page.keyboard.press("Enter");
          await page.getByRole("heading", { name: "Order PK-1777" }).waitFor();
        },
        options,
      );
    });
  }

  test("with the keyboard alone: from the inbox to the order and into its sheet", { skip }, () => {
    ordna().orders = [broken];
    return onPage("/orders", async (page) => {
      await page.getByRole("link", { name: "PK-1042" }).waitFor();
      await page.keyboard.press("g");
      await page.keyboard.press("i");
      await page.getByRole("link", { name: /^Mend it: PK-1042/ }).waitFor();
      await page.keyboard.press("j");
      await page.keyboard.press("Enter");
      await page.getByRole("button", { name: "Correct address and make label" }).waitFor();
      await page.keyboard.press("e");
      await page.getByRole("dialog").getByLabel("Postal code").waitFor();
      await page.keyboard.press("Escape");
      await page.getByRole("dialog").waitFor({ state: "detached" });
      await page.keyboard.press("Control+k");
      await page.keyboard.type("proof");
      await page.keyboard.press("Escape");
      await page.keyboard.press("?");
      await page.getByRole("dialog", { name: "Keyboard" }).waitFor();
    });
  });
}
