// Task 9, for finance: "Why is there no VAT on this invoice, and does the month match?"
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { shoppers } from "../../src/sandbox/shoppers.ts";
import { numbersOf } from "./numbers-of.ts";
import { isDone } from "./plots.ts";
import { onEachDevice, type Suite, type Visit, visit } from "./suite.ts";

const { german } = shoppers;
/** In minor units, without VAT: two curtains and their way. */
const worth = 2 * german.lines[0].unitAmount + german.shippingAmount;

export function vatAndMonth(suite: Suite): void {
  onEachDevice(
    suite,
    "finance reads why there is no VAT, and the month matches to the cent",
    async (device) => {
      const { pay, orderWhen } = suite.shop();
      const company = { company: "Muster GmbH", vatId: "DE123456788" };
      const email = `finance-${device}@example.com`;
      const buyer = { ...german.buyer, ...company, email };
      const number = `PK-1090-${device}`;
      const order = await orderWhen(pay(number, { ...german, vatPercent: 0, buyer }), isDone);
      const { invoice } = numbersOf(order);
      const address = `/orders/${order.reference}`;
      await visit(suite, { role: "finance", device, address }, async (visited) => {
        const { page } = visited;
        await page.getByText("Why this VAT?").click();
        const why = page.locator("details").filter({ hasText: "Why this VAT?" });
        for (const part of [
          /exempt intra-Community supply to a verified VAT number, 0 %/,
          /Finland/,
          /DE123456788/,
          /Confirmed by VIES\s+\d\d:\d\d, consultation WAPI\w+/,
          /Artikel 138/,
        ]) {
          assert.match(await why.innerText(), part);
        }
        await page.goto(`${suite.shop().url}/invoices`);
        await theMonthMatches(visited, invoice);
      });
    },
  );
}

async function theMonthMatches({ page }: Visit, invoice: string): Promise<void> {
  await page.getByText("No difference: every invoice equals its payment.").waitFor();
  const row = page.locator("tr, li").filter({ hasText: invoice }).first();
  assert.match(await row.innerText(), /€0\.00/);
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: /CSV|Download/ }).click();
  const rows = readFileSync(await (await saved).path(), "utf8").split(/\r?\n/);
  const line = rows.find((one) => one.includes(invoice)) ?? "";
  const amount = (worth / 100).toFixed(2);
  assert.match(line, new RegExp(`${amount}\\W+${amount}\\W+0\\.00`));
  // The sum of one country and rate is the same on the page and in the file.
  const zero = rows.find((one) => /FI\W+0 %/.test(one)) ?? assert.fail(rows.join("\n"));
  const net = /\d+\.\d\d/.exec(zero)?.[0] ?? "";
  const sums = page.getByRole("region", { name: "VAT by country and rate" });
  const shown = (await sums.innerText()).replaceAll(",", "");
  assert.match(shown, new RegExp(`0 %\\s+€${net}\\b`));
}
