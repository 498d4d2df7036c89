// Pictures of every page into docs/images: desk and phone, light and dark. ORDNA_SERVER names a running sandbox.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { findProgram } from "./find-program.mjs";
import { root } from "./places.mjs";

const server = process.env.ORDNA_SERVER ?? "http://127.0.0.1:4700";
const pages = {
  inbox: "/",
  orders: "/orders",
  print: "/print",
  invoices: "/invoices",
  completeness: "/proof",
  providers: "/providers",
  events: "/events",
  reports: "/reports",
  audit: "/audit",
  settings: "/settings",
  lab: "/lab",
};
const devices = {
  desk: { viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true },
};

const folder = join(root, "docs", "images");
mkdirSync(folder, { recursive: true });
const executablePath = findProgram("chromium", "chromium-browser", "google-chrome");
if (!executablePath)
  throw new Error("No Chromium was found: install one, e.g. apt-get install chromium.");
const answer = await fetch(`${server}/api/orders?limit=1`).catch(() => undefined);
if (!answer?.ok) throw new Error(`No sandbox answers at ${server}: run npm start first.`);
const { orders } = await answer.json();
const all = orders[0] ? { ...pages, order: `/orders/${orders[0].reference}` } : pages;

const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
for (const [device, options] of Object.entries(devices)) {
  for (const colorScheme of ["light", "dark"]) {
    const context = await browser.newContext({ ...options, colorScheme, locale: "en-GB" });
    const page = await context.newPage();
    for (const [name, path] of Object.entries(all)) {
      await page.goto(server + path);
      await page.locator("h1").waitFor({ state: "attached" });
      await page.locator(".loading").first().waitFor({ state: "detached" });
      // What is asked for beside the page itself: counts, chips.
      await page.waitForTimeout(500);
      await page.screenshot({ path: join(folder, `${name}-${device}-${colorScheme}.png`) });
    }
    await context.close();
  }
}
await browser.close();
