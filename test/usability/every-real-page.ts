// Every page with real orders behind it: for everybody, in each role, in the language of the reader.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { foreignHeadings, isTooWide, violations } from "../browser/every-page.ts";
import { isDone, isHeld, wrongPostalCode } from "./plots.ts";
import { type Suite, visit } from "./suite.ts";

const places = [
  "/",
  "/orders",
  "/print",
  "/invoices",
  "/proof",
  "/providers",
  "/events",
  "/reports",
  "/audit",
  "/settings",
  "/more",
];

export function everyRealPage(suite: Suite): void {
  const { skip } = suite;
  const looks = [
    { width: 1280, colorScheme: "light" },
    { width: 320, colorScheme: "dark" },
  ] as const;
  for (const { width, colorScheme } of looks) {
    test(`everybody can use every page with real orders: ${width} px, ${colorScheme}`, {
      skip,
    }, async () => {
      const options = { viewport: { width, height: 800 }, colorScheme, hasTouch: width === 320 };
      const orders = await aHeldAndADoneOrder(suite, String(width));
      await visit(suite, { role: "owner", options }, async ({ page }) => {
        for (const place of [...places, ...orders]) {
          await arrive(page, suite.shop().url + place);
          assert.deepEqual(await violations(page), [], place);
          assert.equal(await page.evaluate(isTooWide), false, `${place} scrolls sideways`);
        }
      });
    });
  }

  test("every role can open every page without an error", { skip }, async () => {
    const orders = await aHeldAndADoneOrder(suite, "roles");
    for (const role of ["viewer", "finance", "developer"] as const) {
      await visit(suite, { role }, async ({ page }) => {
        for (const place of [...places, ...orders]) await arrive(page, suite.shop().url + place);
      });
    }
  });

  test("no word of a page with real orders is written into it", { skip }, async () => {
    const orders = await aHeldAndADoneOrder(suite, "words");
    await visit(suite, { role: "owner" }, async ({ page }) => {
      await page.evaluate("localStorage.setItem('ordna-language', 'pseudo')");
      for (const place of [...places, ...orders]) {
        await arrive(page, suite.shop().url + place);
        assert.deepEqual(await page.evaluate(foreignHeadings), [], place);
      }
    });
  });
}

async function aHeldAndADoneOrder(suite: Suite, name: string): Promise<readonly string[]> {
  const { pay, orderWhen } = suite.shop();
  const held = await orderWhen(pay(`PK-2100-${name}`, wrongPostalCode), isHeld("check"));
  const done = await orderWhen(pay(`PK-2101-${name}`), isDone);
  return [held, done].map(({ reference }) => `/orders/${reference}`);
}

/** Until what it asked for has been answered. */
async function arrive(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.locator("h1").waitFor({ state: "attached" });
  await page.locator(".loading").first().waitFor({ state: "detached" });
}
