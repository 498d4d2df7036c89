// The sheet: all pictures on one page, one row for each language.
import type { Picture } from "./photograph.ts";

export function sheetPage(pictures: readonly Picture[]): string {
  const locales = [...new Set(pictures.map(({ letter }) => letter.locale))];
  const rows = locales.map((locale) => {
    const own = pictures.filter(({ letter }) => letter.locale === locale);
    return `<h2 id="${locale}">${escaped(nameOf(locale))} <small>${locale}</small></h2>
<div class="row">${own.map(figure).join("\n")}</div>`;
  });
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>E-mails to customers</title>
<style>
body { font-family: system-ui, sans-serif; margin: 24px; background: #eceff2; color: #1f2328; }
nav a { margin-right: 10px; }
.row { display: flex; gap: 16px; overflow-x: auto; align-items: flex-start; padding-bottom: 12px; }
figure { margin: 0; }
figcaption { font-size: 13px; padding: 4px 0; max-width: 300px; }
img { width: 300px; border: 1px solid #c9d1d9; border-radius: 8px; display: block; }
</style></head><body>
<h1>E-mails to customers</h1>
<p>Translations await a review by native speakers.</p>
<nav>${locales.map((locale) => `<a href="#${locale}">${locale}</a>`).join(" ")}</nav>
${rows.join("\n")}
</body></html>
`;
}

function figure({ file, letter, width, scheme }: Picture): string {
  const caption = `${letter.template}, ${width} px, ${scheme}<br><bdi>${escaped(letter.subject)}</bdi>`;
  return `<figure><a href="${file}"><img src="${file}" alt="${escaped(letter.subject)}" loading="lazy"></a><figcaption>${caption}</figcaption></figure>`;
}

const nameOf = (locale: string) =>
  new Intl.DisplayNames("en", { type: "language" }).of(locale) ?? locale;

const escaped = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
