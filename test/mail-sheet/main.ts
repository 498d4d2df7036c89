// `npm run mail-sheet -- --out <folder>`: pictures of every e-mail in every language, and a page that shows them all.
//   --only ar,fi   these languages only
//   --dark         at night, too
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { isLanguage, languages } from "../../src/language/catalogue.ts";
import { lettersIn } from "../../src/language/letters-for-tests.ts";
import { openBrowser, photograph, type Scheme, widths } from "./photograph.ts";
import { sheetPage } from "./sheet-page.ts";

const usage = "npm run mail-sheet -- --out <folder> [--only ar,fi] [--dark]";

try {
  const { values } = parseArgs({
    options: {
      out: { type: "string" },
      only: { type: "string" },
      dark: { type: "boolean", default: false },
    },
  });
  if (!values.out) throw new Error(`Say where to: ${usage}`);
  const chosen = values.only ? values.only.split(",") : languages;
  const unknown = chosen.find((tag) => !isLanguage(tag));
  if (unknown !== undefined) throw new Error(`There are no words for "${unknown}".`);
  const chromium = process.env.ORDNA_TEST_CHROMIUM;
  if (!chromium) throw new Error("Chromium is not here. On Debian: apt-get install chromium");
  await makeSheet(values.out, chosen, values.dark ? ["light", "dark"] : ["light"], chromium);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function makeSheet(
  folder: string,
  locales: readonly string[],
  schemes: readonly Scheme[],
  executablePath: string,
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const letters = locales.flatMap(lettersIn);
  const total = letters.length * widths.length * schemes.length;
  let taken = 0;
  const onPicture = () => {
    taken += 1;
    if (process.stdout.isTTY) process.stdout.write(`\r${taken} of ${total} pictures`);
  };
  const browser = await openBrowser(executablePath);
  try {
    const pictures = await photograph(browser, letters, folder, { schemes, onPicture });
    const index = join(folder, "index.html");
    writeFileSync(index, sheetPage(pictures));
    if (process.stdout.isTTY) process.stdout.write("\n");
    console.log(`${pictures.length} pictures of ${letters.length} e-mails: ${index}`);
    const wide = pictures.filter(({ overflowPx }) => overflowPx > 0).map(({ file }) => file);
    if (wide.length > 0) throw new Error(`Wider than their window: ${wide.join(", ")}`);
  } finally {
    await browser.close();
  }
}
