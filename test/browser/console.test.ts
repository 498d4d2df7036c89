// The page in a real browser, over an API on loopback. ORDNA_TEST_CHROMIUM names the browser.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, describe, test } from "node:test";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { build } from "vite";
import { everyPage } from "./every-page.ts";
import { fakeOrder } from "./fake-orders.ts";
import { type FakeOrdna, startFakeOrdna } from "./fake-ordna.ts";
import { tasks } from "./tasks.ts";

const executablePath = process.env.ORDNA_TEST_CHROMIUM;
const skip = executablePath ? false : "ORDNA_TEST_CHROMIUM names no Chromium";
const desk = { width: 1280, height: 800 };
const refusal = "PostNord does not offer this service to that address.";
const refused = {
  booking: { state: "attention", cause: "address.postal_code", message: refusal },
} as const;
const outage = { message: "Zoho does not answer.", cause: "provider.outage" };
const waiting = { contact: { state: "parked", ...outage, dueAt: "2030-01-01T00:00:00Z" } } as const;

describe("the web page", () => {
  const folder = mkdtempSync(join(tmpdir(), "ordna-page-"));
  let ordna: FakeOrdna;
  let browser: Browser;

  before(async () => {
    if (skip) return;
    const root = resolve(import.meta.dirname, "../../console");
    await build({ root, logLevel: "silent", build: { outDir: folder, emptyOutDir: true } });
    ordna = await startFakeOrdna(folder);
    browser = await chromium.launch({
      executablePath,
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    });
  });
  after(async () => {
    await browser?.close();
    await ordna?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Runs `use` on a page that must not complain, nor reach beyond the API. */
  async function onPage(
    address: string,
    use: (page: Page) => Promise<void>,
    options: BrowserContextOptions = { viewport: desk },
  ): Promise<void> {
    const context = await browser.newContext({ locale: "en-GB", ...options });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("console", (said) => {
      // A cut line is an error to the browser, and expected where a test cuts it.
      const isCut = said.location().url.endsWith("/api/stream");
      if (said.type() === "error" && !isCut) complaints.push(said.text());
    });
    page.on("request", (request) => {
      if (!request.url().startsWith(ordna.url)) complaints.push(`asked for ${request.url()}`);
    });
    try {
      await page.goto(ordna.url + address);
      await use(page);
      assert.deepEqual(complaints, []);
    } finally {
      await context.close();
    }
  }

  function shopOf(...orders: FakeOrdna["orders"]): void {
    ordna.orders = orders;
    ordna.onRetry = () => {};
  }

  test("each order shows where it is, and what needs a person says why", { skip }, () =>
    onPage("/orders", async (page) => {
      shopOf(
        fakeOrder({ number: 1002, state: "attention", steps: refused }),
        fakeOrder({ number: 1001 }),
      );
      await page.reload();
      const row = page.getByRole("row", { name: /PK-1002/ });
      await row.getByText(refusal).waitFor();
      await row.getByRole("img", { name: "Booking: needs you" }).waitFor();
      assert.match(await row.innerText(), /€159\.63/);
      const done = page.getByRole("row", { name: /PK-1001/ });
      assert.equal(await done.getByRole("img", { name: /: done$/ }).count(), 13);
      await page.getByRole("link", { name: "Needs you 1" }).click();
      await done.waitFor({ state: "detached" });
      await row.waitFor();
    }),
  );

  test("a new order and a change appear by themselves, and a lost line is told and mended", {
    skip,
  }, () => {
    shopOf();
    return onPage("/orders", async (page) => {
      await page.getByRole("heading", { name: "No orders yet" }).waitFor();
      await page.getByText("Live", { exact: true }).waitFor();
      const order = fakeOrder({ number: 1003, state: "open", steps: waiting });
      shopOf(order);
      ordna.tellChanged(order.reference);
      await page.getByRole("row", { name: /PK-1003/ }).waitFor();
      await page.getByText("Zoho does not answer.").waitFor();

      ordna.cutStreams(true);
      await page.getByText(/^Not live since .+, trying again$/).waitFor();
      shopOf(fakeOrder({ number: 1003 }));
      ordna.cutStreams(false);
      await page.getByText("Zoho does not answer.").waitFor({ state: "detached" });
      await page.getByText(/^Not live since/).waitFor({ state: "detached" });
    });
  });

  test("a person opens what needs them, tries again, and is told that it worked", { skip }, () => {
    const broken = fakeOrder({ number: 1004, state: "attention", steps: refused });
    shopOf(broken);
    ordna.onRetry = () => {
      ordna.orders = [fakeOrder({ number: 1004 })];
    };
    return onPage("/orders", async (page) => {
      await page.getByRole("link", { name: "PK-1004" }).click();
      await page.getByRole("heading", { name: "Order PK-1004" }).waitFor();
      await page.getByText("Stands still until then: CRM, Production, Invoice, E-mail.").waitFor();
      assert.equal(await page.getByRole("link", { name: /Label/ }).count(), 0);
      await page.getByRole("button", { name: "Try again: Booking" }).click();
      await page.getByText("Booking: done. It worked.").waitFor();
      assert.deepEqual(ordna.retried, [`${broken.reference} booking`]);
      await page.getByRole("link", { name: /Label \(PDF\)/ }).waitFor();
      await page.getByText("answer lost; we looked; it was there, we kept it").waitFor();
      await page.getByText("E-mail to the customer").click();
      await page.frameLocator("iframe").getByText("Thank you!").waitFor();
      await page.goBack();
      await page.getByRole("heading", { name: "Orders" }).waitFor();
    });
  });

  test("an empty sandbox offers a test order", { skip }, () => {
    shopOf();
    return onPage("/orders", async (page) => {
      await page.getByText("npm run --silent ordna -- send order-eur-inclusive").waitFor();
      await page.getByRole("button", { name: "Pay a test order" }).click();
      await page.getByText("Paid.", { exact: true }).waitFor();
      assert.deepEqual(ordna.paid, ["order-eur-inclusive"]);
    });
  });

  const suite = { skip, ordna: () => ordna, onPage };
  tasks(suite);
  everyPage({ ...suite, folder });
});
