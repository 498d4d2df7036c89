// Task 12: the first three tasks with the keyboard alone, then enlarged, dark and in Finnish.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { onceEverywhere } from "./once-everywhere.ts";
import { isDone, isHeld, wrongPostalCode } from "./plots.ts";
import { type Suite, visit } from "./suite.ts";

const ways = [
  {
    name: "with the keyboard alone",
    options: {},
    words: {
      needsYou: /^Needs you/,
      order: /^Order /,
      mend: "Correct address",
      go: "Correct and continue",
    },
  },
  {
    name: "enlarged twice, dark and in Finnish",
    // What is left of 1280 x 800 at 200 %.
    options: { viewport: { width: 640, height: 400 }, colorScheme: "dark", locale: "fi-FI" },
    words: {
      needsYou: /^Odottaa sinua/,
      order: /^Tilaus /,
      mend: "Korjaa osoite",
      go: "Korjaa ja jatka",
    },
  },
] as const;

export function keyboardAlone(suite: Suite): void {
  for (const [index, { name, options, words }] of ways.entries()) {
    test(`an address is corrected and an order is found ${name}`, {
      skip: suite.skip,
    }, async () => {
      const { pay, orderWhen } = suite.shop();
      const number = `PK-1120-${index}`;
      const reference = pay(number, wrongPostalCode);
      await orderWhen(reference, isHeld("check"));
      await visit(suite, { options }, async ({ page, clicks }) => {
        await page.getByRole("heading", { name: words.needsYou }).waitFor();
        await goTo(page, number, "j");
        await page.keyboard.press("Enter");
        await page.getByRole("heading", { name: words.order }).waitFor();
        await page.getByRole("button", { name: words.mend }).waitFor();
        await page.keyboard.press("e");
        await page.getByRole("dialog").locator("input").first().waitFor();
        await isSeen(page);
        await goTo(page, words.go, "Tab");
        await page.keyboard.press("Enter");
        await page.getByRole("dialog").waitFor({ state: "detached" });
        onceEverywhere(suite.shop(), await orderWhen(reference, isDone));

        await page.keyboard.press("g");
        await page.keyboard.press("i");
        await page.getByRole("heading", { name: words.order }).waitFor({ state: "detached" });
        await page.keyboard.press("/");
        await isSeen(page);
        await page.keyboard.type(number);
        await page.keyboard.press("Enter");
        await page.getByRole("heading", { name: words.order }).waitFor();
        assert.equal(await clicks(), 0);
      });
    });
  }
}

/** Presses the key until what it is on has that name; every stop on the way must be in sight. */
async function goTo(page: Page, name: string, key: "j" | "Tab"): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press(key);
    await isSeen(page);
    if ((await page.evaluate<string>(nameOfFocus)).includes(name)) return;
  }
  assert.fail(`${name} was not reached with ${key}`);
}

const nameOfFocus = `(document.activeElement.getAttribute("aria-label") ?? "") + " " +
  document.activeElement.textContent`;

async function isSeen(page: Page): Promise<void> {
  // A sheet slides in, a list scrolls: what has the focus comes to rest in sight.
  const seen = page.waitForFunction(focusIsSeen, undefined, { timeout: 5000 });
  await seen.catch(async () => {
    assert.fail(`the focus is hidden: ${await page.evaluate("document.activeElement.outerHTML")}`);
  });
}

/** In the window, not under another element, and marked as the one that has the focus. */
const focusIsSeen = `(() => {
  const element = document.activeElement;
  if (!element || element === document.body) return false;
  const box = element.getBoundingClientRect();
  const [x, y] = [box.left + box.width / 2, box.top + Math.min(box.height / 2, 20)];
  const top = document.elementFromPoint(x, y);
  const isOnTop = top !== null && (element.contains(top) || top.contains(element) ||
    top.closest("label")?.control === element);
  const { outlineStyle, boxShadow, borderColor } = getComputedStyle(element);
  const isField = /^(INPUT|SELECT|TEXTAREA)$/.test(element.tagName);
  const isMarked = outlineStyle !== "none" || boxShadow !== "none" || (isField && borderColor !== "");
  return isOnTop && isMarked && box.top >= 0 && box.left >= 0 && box.bottom <= innerHeight + 1;
})()`;
