// One e-mail address and one name, so that a header holds exactly one recipient whatever was typed.
import { domainToASCII } from "node:url";
import { oneLine } from "../../language/one-line.ts";

// No quoted local parts, comments or %-routes: they are legal, nobody has one, and every injection
// needs one.
const localPart = /^[A-Za-z0-9!#$&'*+/=?^_`|~-]+(\.[A-Za-z0-9!#$&'*+/=?^_`|~-]+)*$/;
const writtenDomain = /^[\p{L}\p{M}\p{N}.-]{3,253}$/u;
const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** The address with its domain in ASCII, or undefined when it is not exactly one plain address. */
export function asAddress(written: string): string | undefined {
  const text = written.replace(/^ +| +$/g, "");
  if (text.length > 254) return undefined;
  const at = text.indexOf("@");
  const local = text.slice(0, at);
  const domain = text.slice(at + 1);
  if (at < 1 || local.length > 64 || !localPart.test(local)) return undefined;
  if (!writtenDomain.test(domain)) return undefined;
  const ascii = domainToASCII(domain);
  const labels = ascii.split(".");
  const top = labels.at(-1) ?? "";
  if (labels.length < 2 || !labels.every((l) => label.test(l)) || /^\d+$/.test(top)) {
    return undefined;
  }
  return `${local}@${ascii}`;
}

/** `"Name" <address>`; characters that mean something in a header are left out of the name. */
export function mailbox(name: string | undefined, address: string): string {
  const plain = oneLine((name ?? "").replace(/["\\<>()[\]{}:;@,%]/g, " "), 80);
  return plain ? `"${plain}" <${address}>` : address;
}
