// Task 10: "Print this morning's labels; one of them jammed."
import assert from "node:assert/strict";
import { PDFDocument } from "@cantoo/pdf-lib";
import type { Page } from "playwright-core";
import { z } from "zod";
import { isDone } from "./plots.ts";
import { onEachDevice, type Suite, visit } from "./suite.ts";

const waiting = z.object({ unprinted: z.array(z.unknown()) });

export function printLabels(suite: Suite): void {
  onEachDevice(
    suite,
    "all labels are one document, and one of them is printed anew",
    async (device) => {
      const { pay, ordersWhen, ask } = suite.shop();
      const numbers = [1, 2, 3].map((n) => `PK-1100-${device}-${n}`);
      await ordersWhen(
        numbers.map((number) => pay(number)),
        isDone,
      );
      const { unprinted } = waiting.parse(await ask("/labels"));
      assert.ok(unprinted.length >= 3);
      await visit(suite, { device, address: "/print" }, async ({ page }) => {
        const all = page.getByRole("button", { name: `Print ${unprinted.length} labels` });
        assert.equal(await pagesOf(page, () => all.click()), unprinted.length);
        await page.getByText(/they are marked as printed/).waitFor();
        // The rows move to "printed" now; nobody presses what is just moving.
        await page.getByText("Every label is printed.").waitFor();
        const again = page.getByRole("button", { name: `Reprint ${numbers[1]}` });
        assert.equal(await pagesOf(page, () => again.click()), 1);
        await page.reload();
        await page.getByText("Every label is printed.").waitFor();
        assert.equal(await page.getByRole("button", { name: /^Print \d+ label/ }).count(), 0);
      });
      assert.deepEqual(waiting.parse(await ask("/labels")).unprinted, []);
    },
  );
}

/** Of the document that this press makes; made once more, as the page keeps its own to itself. */
async function pagesOf(page: Page, press: () => Promise<void>): Promise<number> {
  const [request] = await Promise.all([page.waitForRequest(/\/api\/labels\/pdf$/), press()]);
  assert.equal((await request.response())?.status(), 200);
  const { origin } = new URL(request.url());
  const data: unknown = request.postDataJSON();
  const again = await page.context().request.post(request.url(), { data, headers: { origin } });
  return (await PDFDocument.load(await again.body())).getPageCount();
}
