// The one button that mends a problem, named by its effect: it opens a sheet, another page, or tries again.
import type { Hold } from "../api/decide.ts";
import { words } from "../language/words.ts";
import type { Deed } from "./deed.ts";

export interface PrimaryDeed {
  readonly name: string;
  readonly deed?: Deed;
  readonly to?: "/settings" | "/providers" | "/invoices";
  readonly needs?: "tech";
}

/** Undefined: trying again is all there is. */
export function primaryDeed(hold: Hold): PrimaryDeed | undefined {
  const { order, deeds: say } = words();
  const { cause, decision, step, fields } = hold;
  if (hold.isInDoubt || decision === "settle") {
    return { name: order.settle, deed: { kind: "settle", step } };
  }
  const amends = ["amend", "choose-service", "resend-email"].includes(decision);
  if (amends && fields.length > 0) return { name: mendName(hold), deed: { kind: "mend", step } };
  if (decision === "cancel") return { name: say.cancel, deed: { kind: "cancel" } };
  if (cause === "crm.duplicate_contact") {
    return { name: say.chooseContact, deed: { kind: "by-hand", step } };
  }
  if (hold.fingerprint && hold.name === null) {
    return { name: say.name, deed: { kind: "name", step }, needs: "tech" };
  }
  if (cause.startsWith("auth.")) return { name: say.renewKey, to: "/settings" };
  if (/^(template|config)\.|^customs\.eori/.test(cause)) {
    return { name: say.openSetting, to: "/settings" };
  }
  if (hold.who === "finance") return { name: say.reviewInvoice, to: "/invoices" };
  return undefined;
}

function mendName({ cause, decision }: Hold): string {
  const { correct, correctThis } = words().order;
  if (decision === "choose-service") return correct.service;
  if (cause.startsWith("address.phone")) return correct.phone;
  if (cause.startsWith("email.") || cause === "address.email_invalid") return correct.email;
  if (cause.startsWith("address.")) return correct.address;
  if (cause === "weight.missing") return correct.weight;
  if (cause === "customs.hs_missing") return words().deeds.enterHsCode;
  if (cause.startsWith("vat")) return correct.taxId;
  return correctThis;
}
