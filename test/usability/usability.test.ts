// What a shop gives to whoever looks after its orders, in a real browser, on a running Ordna that has asked them to log
// in. The simulated providers judge. ORDNA_TEST_CHROMIUM names the browser.
import assert from "node:assert/strict";
import { after, before, describe } from "node:test";
import { type Browser, chromium } from "playwright-core";
import { buildConsole } from "../../scripts/build-console.mjs";
import { correctAddress } from "./correct-address.ts";
import { everyRealPage } from "./every-real-page.ts";
import { findOrder } from "./find-order.ts";
import { foundNotRepeated } from "./found-not-repeated.ts";
import { keyboardAlone } from "./keyboard-alone.ts";
import { moneyBack } from "./money-back.ts";
import { nothingLost } from "./nothing-lost.ts";
import { outageHeals } from "./outage-heals.ts";
import { letPeopleIn, type Role, type Session } from "./people.ts";
import { printLabels } from "./print-labels.ts";
import { retryAll } from "./retry-all.ts";
import { sendAgain } from "./send-again.ts";
import { openShop, type Shop } from "./shop.ts";
import type { Suite } from "./suite.ts";
import { vatAndMonth } from "./vat-and-month.ts";
import { viewerSeesNoNames } from "./viewer-sees-no-names.ts";
import { whatNeedsMe } from "./what-needs-me.ts";

const executablePath = process.env.ORDNA_TEST_CHROMIUM;
const skip = executablePath ? false : "ORDNA_TEST_CHROMIUM names no Chromium";

describe("people at work", () => {
  let shop: Shop;
  let browser: Browser;
  let sessions: ReadonlyMap<Role, Session>;

  before(async () => {
    if (skip) return;
    const { result, output } = await buildConsole();
    assert.notEqual(result, "failed", output);
    shop = await openShop();
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
    sessions = await letPeopleIn(browser, shop);
  });
  after(async () => {
    await browser?.close();
    await shop?.close();
  });

  const suite: Suite = {
    skip,
    shop: () => shop,
    browser: () => browser,
    sessions: () => sessions,
  };
  whatNeedsMe(suite);
  correctAddress(suite);
  findOrder(suite);
  outageHeals(suite);
  retryAll(suite);
  foundNotRepeated(suite);
  sendAgain(suite);
  moneyBack(suite);
  printLabels(suite);
  vatAndMonth(suite);
  nothingLost(suite);
  keyboardAlone(suite);
  viewerSeesNoNames(suite);
  everyRealPage(suite);
});
