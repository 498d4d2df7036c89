// Pictures of letters, taken by Chromium in the width of a phone and of a desk, by day and by night.
import { join } from "node:path";
import { type Browser, chromium } from "playwright-core";
import type { Letter } from "../../src/language/letter.ts";
import { renderedLetter } from "./rendered-letter.ts";

export const widths = [390, 600] as const;
export type Scheme = "light" | "dark";

/** Debian's Chromium needs no sandbox of its own in a container, where we may be root. */
export const openBrowser = (executablePath: string): Promise<Browser> =>
  chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-dev-shm-usage"] });

export interface Picture {
  readonly file: string;
  readonly width: number;
  readonly scheme: Scheme;
  readonly letter: Letter;
  /** What the letter is wider than its window by; nobody wants to scroll sideways. */
  readonly overflowPx: number;
}

export async function photograph(
  browser: Browser,
  letters: readonly Letter[],
  folder: string,
  { schemes, onPicture }: { schemes: readonly Scheme[]; onPicture?: () => void },
): Promise<Picture[]> {
  const pictures: Picture[] = [];
  for (const scheme of schemes) {
    for (const width of widths) {
      const context = await browser.newContext({
        viewport: { width, height: 800 },
        colorScheme: scheme,
        javaScriptEnabled: true,
      });
      const page = await context.newPage();
      for (const letter of letters) {
        const file = `${letter.locale}-${letter.template}-${width}-${scheme}.png`;
        await page.setContent(renderedLetter(letter), { waitUntil: "load" });
        const overflowPx = await page.evaluate(
          "document.documentElement.scrollWidth - document.documentElement.clientWidth",
        );
        await page.screenshot({ path: join(folder, file), fullPage: true });
        pictures.push({ file, width, scheme, letter, overflowPx: Number(overflowPx) });
        onPicture?.();
      }
      await context.close();
    }
  }
  return pictures;
}
