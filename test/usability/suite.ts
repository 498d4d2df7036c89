// What the tasks share: one shop, one browser, and pages that must not complain.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import type { Role, Session } from "./people.ts";
import type { Shop } from "./shop.ts";

const devices = {
  desk: { viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
} as const satisfies Record<string, BrowserContextOptions>;
export type Device = keyof typeof devices;
const deviceNames = ["desk", "phone"] as const satisfies readonly Device[];

export interface Suite {
  readonly skip: string | boolean;
  readonly shop: () => Shop;
  readonly browser: () => Browser;
  readonly sessions: () => ReadonlyMap<Role, Session>;
}

export interface Visit {
  readonly page: Page;
  readonly device: Device;
  /** Presses of the mouse or the finger so far. */
  readonly clicks: () => Promise<number>;
  /** From now on answers may be missing: the server is away on purpose. */
  expectOutage(): void;
}

interface Wish {
  readonly role?: Role | undefined;
  readonly address?: string;
  readonly device?: Device;
  readonly options?: BrowserContextOptions;
}

/** Runs `use` on a page of somebody who is logged in. The page must not complain, nor reach beyond this machine. */
export async function visit(
  { shop, browser, sessions }: Suite,
  { role = "manager", address = "/", device = "desk", options = {} }: Wish,
  use: (visit: Visit) => Promise<void>,
): Promise<void> {
  const session = sessions().get(role);
  const context = await browser().newContext({
    locale: "en-GB",
    timezoneId: "Europe/Helsinki",
    acceptDownloads: true,
    ...devices[device],
    ...(session ? { storageState: session } : {}),
    ...options,
  });
  context.setDefaultTimeout(30_000);
  await context.addInitScript(countPresses);
  const page = await context.newPage();
  const complaints: string[] = [];
  let isOutage = false;
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (said) => {
    const { url } = said.location();
    // Who is not logged in is answered 401, with the form: browsers write that down.
    const isForm = url === `${shop().url}/` && /\b401\b/.test(said.text());
    if (said.type() === "error" && !isOutage && !isForm) complaints.push(`${said.text()} ${url}`);
  });
  context.on("request", (request) => {
    const { protocol, origin } = new URL(request.url());
    // The browser's own reader of documents asks for parts of itself.
    const isOnTheNet = /^(https?|wss?):$/.test(protocol);
    if (isOnTheNet && origin !== shop().url) complaints.push(`asked for ${request.url()}`);
  });
  const clicks = () => page.evaluate<number>("Number(sessionStorage.getItem('presses') ?? 0)");
  try {
    await page.goto(shop().url + address);
    await use({
      page,
      device,
      clicks,
      expectOutage: () => {
        isOutage = true;
      },
    });
    assert.deepEqual(complaints, []);
  } catch (error) {
    throw new Error(`${await wordsOn(page)}\n${String(error)}`, { cause: error });
  } finally {
    await context.close();
  }
}

/** What a person would see there, for whoever reads why a task failed. */
const wordsOn = (page: Page): Promise<string> =>
  page
    .locator("body")
    .innerText({ timeout: 1000 })
    .catch(() => "The page shows nothing.");

/** Whoever moves on by a link keeps the count; a key that presses a button is no click. */
const countPresses = `addEventListener("pointerdown", () =>
  sessionStorage.setItem("presses", Number(sessionStorage.getItem("presses") ?? 0) + 1), true)`;

/** The same task at a desk and on a phone, each with orders of its own. */
export function onEachDevice(
  suite: Suite,
  task: string,
  run: (device: Device) => Promise<void>,
): void {
  for (const device of deviceNames) {
    test(`${task}: ${device}`, { skip: suite.skip }, () => run(device));
  }
}

/** Beside other tests on a busy machine a promise of seconds cannot be kept; alone it must be. */
export function within(seconds: number, begun: number, what: string): void {
  const allowed = process.env.ORDNA_TEST_ALONE ? seconds : seconds * 5;
  const took = (performance.now() - begun) / 1000;
  assert.ok(took <= allowed, `${what} within ${seconds} s, and it took ${took.toFixed(1)} s`);
}
