/**
 * The e-mail without styles and anything that loads: the frame inherits this page's content security policy, which
 * refuses them one by one, with an error each.
 */
export function plainMail(html: string): string {
  const mail = new DOMParser().parseFromString(html, "text/html");
  for (const element of mail.querySelectorAll("script, style, link, meta, base, img, iframe")) {
    element.remove();
  }
  for (const element of mail.querySelectorAll("[style]")) element.removeAttribute("style");
  return `<!doctype html>${mail.documentElement.outerHTML}`;
}
