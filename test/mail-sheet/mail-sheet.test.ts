// The e-mails as a browser draws them, by day and by night, on a phone and on a desk. ORDNA_TEST_CHROMIUM names the browser.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { lettersIn } from "../../src/language/letters-for-tests.ts";
import { openBrowser, photograph } from "./photograph.ts";
import { renderedLetter } from "./rendered-letter.ts";
import { sheetPage } from "./sheet-page.ts";

const executablePath = process.env.ORDNA_TEST_CHROMIUM;
const skip = executablePath ? false : "ORDNA_TEST_CHROMIUM names no Chromium";

describe("e-mails in a browser", () => {
  const folder = mkdtempSync(join(tmpdir(), "ordna-mail-"));
  let browser: Browser;

  before(async () => {
    if (executablePath) browser = await openBrowser(executablePath);
  });
  after(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test("a sheet shows every letter, and none is wider than a phone", { skip }, async () => {
    const letters = [...lettersIn("ar"), ...lettersIn("de")];
    const pictures = await photograph(browser, letters, folder, { schemes: ["light"] });
    assert.equal(pictures.length, 24);
    const page = sheetPage(pictures);
    for (const { file, overflowPx } of pictures) {
      assert.equal(overflowPx, 0, file);
      assert.ok(readFileSync(join(folder, file)).length > 5_000, file);
      assert.ok(page.includes(`src="${file}"`), file);
    }
  });

  test("from right to left, words begin at the right and numbers read from the left", {
    skip,
  }, async () => {
    const page = await opened("he");
    const left = (text: string) =>
      page
        .getByText(text, { exact: true })
        .first()
        .evaluate((element) => {
          const range = document.createRange();
          range.selectNodeContents(element);
          const { left, right } = range.getBoundingClientRect();
          return { left, right };
        });
    const title = await left("אישור הזמנה");
    const total = await left("159.63 ₪");
    assert.ok(title.right > 340, "the title ends at the right edge of 390 px");
    assert.ok(total.left < 60, "the amounts stand at the left");
    await page.context().close();
  });

  test("at night every text can be told from its ground", { skip }, async () => {
    const page = await opened("fi", "dark");
    const worst = await page.evaluate(worstContrast);
    assert.ok(worst.ratio >= 4.5, JSON.stringify(worst));
    await page.context().close();
    const byDay = await opened("fi");
    const brightest = await byDay.evaluate(worstContrast);
    assert.ok(brightest.ratio >= 4.5, JSON.stringify(brightest));
    await byDay.context().close();
  });

  async function opened(locale: string, colorScheme: "light" | "dark" = "light"): Promise<Page> {
    const context = await browser.newContext({
      viewport: { width: 390, height: 844 },
      colorScheme,
    });
    const page = await context.newPage();
    const [confirmation] = lettersIn(locale);
    assert.ok(confirmation);
    await page.setContent(renderedLetter(confirmation));
    return page;
  }
});

/** Runs in the page: the text that differs least from what is behind it, by WCAG's ratio. */
function worstContrast(): { ratio: number; text: string } {
  const luminance = (colour: string) => {
    const [r = 0, g = 0, b = 0] = (colour.match(/[\d.]+/g) ?? []).map((part) => {
      const share = Number(part) / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const groundOf = (element: Element | null): string => {
    if (!element) return "rgb(255, 255, 255)";
    const { backgroundColor } = getComputedStyle(element);
    return /, 0\)$/.test(backgroundColor) ? groundOf(element.parentElement) : backgroundColor;
  };
  let worst = { ratio: 21, text: "" };
  for (const element of document.querySelectorAll("td, th, a, h1, h2, span")) {
    const text = [...element.childNodes].find(
      (node) => node.nodeType === 3 && node.textContent?.trim(),
    )?.textContent;
    if (!text) continue;
    const [dark = 0, bright = 0] = [
      luminance(getComputedStyle(element).color),
      luminance(groundOf(element)),
    ].sort((a, b) => a - b);
    const ratio = (bright + 0.05) / (dark + 0.05);
    if (ratio < worst.ratio) worst = { ratio, text };
  }
  return worst;
}
