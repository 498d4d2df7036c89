/**
 * The e-mail without styles and anything that loads: the frame inherits this page's content security policy, which
 * refuses them one by one, with an error each.
 */
export function plainMail(html: string): string {
  // Before it is parsed: already the parser complains of styles.
  const unstyled = html
    .replaceAll(/(\s)style(\s*=)/gi, "$1data-style$2")
    .replaceAll(/<(\/?)style\b/gi, "<$1template");
  const mail = new DOMParser().parseFromString(unstyled, "text/html");
  for (const element of mail.querySelectorAll("script, template, link, meta, base, img, iframe")) {
    element.remove();
  }
  for (const element of mail.querySelectorAll("[data-style]")) {
    element.removeAttribute("data-style");
  }
  // Without its styles an amount would touch its neighbour.
  for (const table of mail.querySelectorAll("table")) table.setAttribute("cellpadding", "4");
  return `<!doctype html>${mail.documentElement.outerHTML}`;
}
