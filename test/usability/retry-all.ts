// Task 5: "A new cause hit thirty orders. It was mended in Netvisor; try all of them again."
import assert from "node:assert/strict";
import { test } from "node:test";
import { isDone, isHeld } from "./plots.ts";
import type { Shop } from "./shop.ts";
import { type Suite, type Visit, visit } from "./suite.ts";

const count = 30;

export function retryAll(suite: Suite): void {
  test("thirty orders are tried again by one button, stopped in the middle, and the rest afterwards", {
    skip: suite.skip,
  }, async () => {
    const shop = suite.shop();
    shop.provider("netvisor").setMood("period-locked", true);
    const references = Array.from({ length: count }, (_, n) => shop.pay(`PK-1050-${n}`));
    await Promise.all(references.map((one) => shop.orderWhen(one, isHeld("invoice"))));
    shop.provider("netvisor").setMood("period-locked", false);

    let tried = 0;
    await visit(suite, { device: "desk" }, async (visited) => {
      await begin(visited, count);
      const { page } = visited;
      await page.getByText(new RegExp(`^[1-9]\\d* of ${count}$`)).waitFor();
      await page.getByRole("progressbar").waitFor();
      await page.getByRole("button", { name: "Stop" }).click();
      const stopped = page.getByText(new RegExp(`Stopped after \\d+ of ${count}\\.`));
      await stopped.waitFor();
      tried = Number(/after (\d+) of/.exec(await stopped.innerText())?.[1]);
    });
    assert.ok(tried > 0 && tried < count, `${tried} were tried`);
    assert.equal(await settled(shop, references, tried), tried, "as many as it says");

    await visit(suite, { device: "phone" }, async (visited) => {
      await begin(visited, count - tried);
      await visited.page.getByText(`${count - tried} went on.`).waitFor();
    });
    for (const one of references) {
      await shop.orderWhen(one, isDone);
      assert.equal(shop.held(one, "invoice").length, 1);
    }
  });
}

async function begin({ page }: Visit, expected: number): Promise<void> {
  const card = page.getByRole("article", { name: /Netvisor: The accounting period is closed/ });
  await card.getByText(new RegExp(`^${expected} orders?,`)).waitFor();
  await card.getByRole("button", { name: "Try all again" }).click();
  const plan = page.getByRole("dialog");
  await plan.getByText(new RegExp(`^${expected} orders?, €`)).waitFor();
  await plan.getByRole("button", { name: `Try ${expected} orders again` }).click();
  await plan.waitFor({ state: "detached" });
}

/** How many have their invoice when nothing moves any more. */
async function settled(
  shop: Shop,
  references: readonly string[],
  expected: number,
): Promise<number> {
  const invoiced = () => references.filter((one) => shop.held(one, "invoice").length > 0);
  const endsAt = performance.now() + 30_000;
  while (invoiced().length < expected && performance.now() < endsAt) {
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  await Promise.all(invoiced().map((one) => shop.orderWhen(one, isDone)));
  return invoiced().length;
}
