// What is true of every page: everybody can use it, nothing is cut off, nothing stands in the wrong language.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import axe from "axe-core";
import type { Page } from "playwright-core";
import { fakeOrder } from "./fake-orders.ts";
import { outage, refusal, refused, type Suite } from "./suite.ts";

const order = fakeOrder({ number: 1006, state: "attention", steps: { ...outage, ...refused } });
const order2 = fakeOrder({ number: 1005 });
const paths = [
  "/",
  "/orders",
  `/orders/${order.reference}`,
  "/print",
  "/invoices",
  "/proof",
  "/providers",
  "/events",
  "/reports",
  "/audit",
  "/settings",
  "/settings/pipeline",
  "/settings/letters",
  "/settings/people",
  "/settings/account",
  "/settings/keys",
  "/settings/hooks",
  "/lab",
  "/more",
];
export const isTooWide = "document.documentElement.scrollWidth > innerWidth";
const mostScript = 190 * 1024;
const mostStyle = 15 * 1024;

export function everyPage(suite: Suite & { readonly folder: string }): void {
  const { skip, ordna, onPage, folder } = suite;
  for (const width of [1280, 320]) {
    for (const colorScheme of ["light", "dark"] as const) {
      test(`everybody can use every page: ${width} px, ${colorScheme}`, { skip }, () => {
        ordna().orders = [order, order2];
        const options = { viewport: { width, height: 800 }, colorScheme, hasTouch: width === 320 };
        return onPage("/", (page) => judgePages(page, ordna().url), options);
      });
    }
  }

  test("no word of any page is written into it: all of them come from the dictionary", {
    skip,
  }, () => {
    ordna().orders = [order, order2];
    return onPage("/", async (page) => {
      await page.evaluate("localStorage.setItem('ordna-language', 'pseudo')");
      for (const path of paths) {
        await visit(page, ordna().url + path);
        assert.deepEqual(await page.evaluate(foreignHeadings), [], path);
      }
    });
  });

  test("in Finnish the page speaks Finnish, and says so", { skip }, () => {
    ordna().orders = [order, order2];
    const look = async (page: Page) => {
      await page.getByRole("heading", { name: /Odottaa sinua/ }).waitFor();
      assert.equal(await page.evaluate("document.documentElement.lang"), "fi");
      await page.getByText("159,63 €").first().waitFor();
    };
    return onPage("/", look, { viewport: { width: 1280, height: 800 }, locale: "fi-FI" });
  });

  test("the first page loads at most 190 KB of script and 15 KB of styles, each file the build's", {
    skip,
  }, () => {
    const files = new Set(readdirSync(join(folder, "assets")));
    return onPage("/", async (page) => {
      await page.getByRole("heading", { level: 1 }).waitFor({ state: "attached" });
      await page.waitForLoadState("load");
      const loaded = await page.evaluate<string[]>(
        "performance.getEntriesByType('resource').map(({ name }) => name.split('/').at(-1))",
      );
      const sizeOf = (ending: string) => {
        const names = [...new Set(loaded)].filter((name) => name.endsWith(ending));
        assert.ok(names.length > 0 && names.every((name) => files.has(name)), ending);
        const packed = names.map((name) => gzipSync(readFileSync(join(folder, "assets", name))));
        return packed.reduce((sum, { length }) => sum + length, 0);
      };
      const [script, style] = [sizeOf(".js"), sizeOf(".css")];
      assert.ok(script <= mostScript, `${script} bytes of script`);
      assert.ok(style <= mostStyle, `${style} bytes of styles`);
    });
  });
}

async function judgePages(page: Page, url: string): Promise<void> {
  await page.getByText(refusal).first().waitFor();
  for (const path of paths) {
    await visit(page, url + path);
    assert.deepEqual(await violations(page), [], path);
    assert.equal(await page.evaluate(isTooWide), false, `${path} scrolls sideways`);
  }
}

/** Until what it asked for has been answered. */
async function visit(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.locator("h1").waitFor({ state: "attached" });
  await page.locator(".loading").first().waitFor({ state: "detached" });
}

/** Headings, buttons and column names without the brackets of the test's language. */
export const foreignHeadings = `[...document.querySelectorAll("h1, h2, button, thead th, nav a, dt, summary")]
  .map((element) => element.textContent.trim())
  .filter((text) => /[a-z]{3}/i.test(text) && !text.includes("[") &&
    !/^(PK-|ORDER|charge[.]|payment_intent[.]|refund[.]|Ordna|PostNord|Zoho|Airtable|Mailgun|Netvisor|checkout|order[.]|postnord|Roller)/.test(text))`;

/** What axe finds against WCAG 2.2 AA. */
export async function violations(page: Page): Promise<unknown> {
  // Through the debugger, which the content security policy does not concern.
  await page.evaluate(`${axe.source};0`);
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  return page.evaluate(
    `axe.run({ runOnly: ${JSON.stringify(tags)} }).then(({ violations }) => violations.map(
      ({ id, nodes }) => id + ": " + nodes.map(({ html, failureSummary }) =>
        html.slice(0, 200) + " " + (failureSummary ?? "").slice(0, 200)).join(" ")))`,
  );
}
