// The customer's small page in a real browser: without a script, on a phone, in both schemes and both directions.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import axe from "axe-core";
import { type Browser, chromium, type Page } from "playwright-core";
import { app } from "../../src/api/app.ts";
import { type Listener, listen } from "../../src/api/listen.ts";
import { sealsWith } from "../../src/connector-kit/seal.ts";
import { askCustomer } from "../../src/operator/ask-customer.ts";
import { type OpenDesk, openDesk, testLinks } from "../../src/operator/desk-for-tests.ts";

const executablePath = process.env.ORDNA_TEST_CHROMIUM;
const skip = executablePath ? false : "ORDNA_TEST_CHROMIUM names no Chromium";
const phone = { width: 320, height: 640 };

describe("the page on which a customer answers", { skip, timeout: 120_000 }, () => {
  let at: OpenDesk;
  let server: Listener;
  let browser: Browser;

  before(async () => {
    at = await openDesk();
    const { db, pipelinesOf, customers } = at.desk;
    const hono = app({
      db,
      pipelinesOf,
      ledger: at.ledger,
      ...(customers ? { asking: customers } : {}),
      door: async () => new Response(),
      access: { key: undefined, isSecure: false },
      sealFor: sealsWith(["of no use"]),
      about: { version: "0.0.0", database: db.kind, queue: "ledger", providers: [] },
      openFile: async () => undefined,
      kick: () => {},
    });
    server = await listen(hono, "127.0.0.1", 0);
    browser = await chromium.launch({
      executablePath,
      args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
    });
  });
  after(async () => {
    await browser?.close();
    await server?.close();
    await at?.close();
  });

  async function asked(locale: string): Promise<string> {
    const reference = await at.openWrong();
    await at.desk.db.query(
      `update orders set amended = jsonb_set(facts, '{locale,tag}', to_jsonb($2::text)) where reference = $1`,
      [reference, locale],
    );
    await at.goOn();
    const { after: made } = await askCustomer(at.desk, at.wish(reference, `ask-${reference}`));
    const { pathname } = new URL(testLinks().linkFor(`${reference}-${made.steps[0]}`));
    return server.url + pathname;
  }

  async function violations(page: Page): Promise<unknown> {
    await page.evaluate(`${axe.source};0`);
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    return page.evaluate(
      `axe.run({ runOnly: ${JSON.stringify(tags)} }).then(({ violations }) => violations.map(
        ({ id, nodes }) => id + ": " + nodes.map(({ html }) => html.slice(0, 200)).join(" ")))`,
    );
  }

  async function isFit(page: Page, what: string): Promise<void> {
    assert.deepEqual(await violations(page), [], what);
    const [wide, seen] = [
      await page.evaluate("document.documentElement.scrollWidth"),
      await page.evaluate("document.documentElement.clientWidth"),
    ];
    assert.equal(wide, seen, `${what}: nobody scrolls sideways`);
  }

  for (const locale of ["fi", "he"]) {
    for (const colorScheme of ["light", "dark"] as const) {
      test(`in ${locale}, ${colorScheme}, a wrong answer is told at its field and a right one is taken`, async () => {
        const address = await asked(locale);
        const context = await browser.newContext({ viewport: phone, colorScheme });
        context.setDefaultTimeout(20_000);
        const page = await context.newPage();
        const complaints: string[] = [];
        page.on("console", (said) => {
          // The answer to a wrong address is 422, which the browser calls an error.
          if (said.type() === "error" && !/422/.test(said.text())) complaints.push(said.text());
        });
        page.on("request", (request) => {
          if (!request.url().startsWith(server.url)) complaints.push(request.url());
        });
        await page.goto(address);
        await isFit(page, "the form");
        assert.equal(await page.getAttribute("html", "dir"), locale === "he" ? "rtl" : "ltr");
        const box = await page.locator("button").boundingBox();
        assert.ok((box?.height ?? 0) >= 44, "a thumb finds the button");
        await page.fill("#postalCode", "ABC");
        await page.click("button");
        await isFit(page, "the form with an error");
        const told = await page.getAttribute("#postalCode", "aria-describedby");
        assert.ok(await page.locator(`#${told}`).isVisible());
        await page.fill("#postalCode", "00100");
        await page.fill("#city", "Helsinki");
        await page.click("button");
        await isFit(page, "the thanks");
        assert.equal(await page.locator("form").count(), 0);
        await page.goto(address);
        await isFit(page, "a link that was used");
        assert.equal(await page.locator("form").count(), 0);
        assert.deepEqual(
          complaints.filter((one) => !/404/.test(one)),
          [],
        );
        await context.close();
      });
    }
  }

  // What looks for violations is a script itself, so it looked elsewhere.
  test("where no script runs, the answer is taken all the same", async () => {
    const address = await asked("en");
    const context = await browser.newContext({ viewport: phone, javaScriptEnabled: false });
    context.setDefaultTimeout(20_000);
    const page = await context.newPage();
    await page.goto(address);
    await page.fill("#postalCode", "00100");
    await page.click("button");
    await page.getByText("Thank you. Your order goes on by itself.").waitFor();
    await context.close();
  });
});
