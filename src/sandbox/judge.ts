// Who lost what, told by what the simulated providers hold: the ledger is never asked whether it is right.
import type { SandboxRecord } from "./sandbox.ts";

export interface Expected {
  readonly reference: string;
  readonly email: string;
  readonly expected: "done" | "attention";
  /** Nothing was paid, so no payment is to be recorded. */
  readonly isFree: boolean;
}

export interface Verdict {
  /** Orders whose events were acknowledged and of which a record is missing. */
  readonly lost: number;
  /** Records beyond the one that there should be. */
  readonly duplicates: number;
  /** One sentence for each. */
  readonly findings: readonly string[];
}

/** What every finished order leaves behind, once each. */
const kinds: readonly { readonly provider: string; readonly kind: string }[] = [
  { provider: "zoho", kind: "deal" },
  { provider: "airtable", kind: "row" },
  { provider: "postnord", kind: "shipment" },
  { provider: "netvisor", kind: "invoice" },
  { provider: "netvisor", kind: "payment" },
  { provider: "mailgun", kind: "message" },
];

export function judge(orders: readonly Expected[], records: readonly SandboxRecord[]): Verdict {
  const findings: string[] = [];
  const counts = Map.groupBy(records, nameOf);
  let lost = 0;
  let duplicates = 0;
  for (const order of orders) {
    const missing: string[] = [];
    for (const { provider, kind } of kinds) {
      const { reference } = order;
      const held = counts.get(nameOf({ provider, kind, reference }))?.length ?? 0;
      const isOwed = order.expected === "done" && !(kind === "payment" && order.isFree);
      if (isOwed && held === 0) missing.push(`${kind} at ${provider}`);
      if (held > 1) {
        duplicates += held - 1;
        findings.push(`${order.reference}: ${held} times ${kind} at ${provider}`);
      }
    }
    if (missing.length > 0) {
      lost += 1;
      findings.push(`${order.reference}: no ${missing.join(", no ")}`);
    }
  }
  return { lost, duplicates: duplicates + sameContacts(records, findings), findings };
}

const nameOf = ({ provider, kind, reference }: Omit<SandboxRecord, "id" | "fields">) =>
  `${provider}/${kind}/${reference}`;

/** A contact carries no reference of ours: two with one e-mail address are one too many. */
function sameContacts(records: readonly SandboxRecord[], findings: string[]): number {
  const emails = records
    .filter((r) => r.provider === "zoho" && r.kind === "contact")
    .map((r) => String(r.fields.Email ?? r.fields.email ?? "").toLowerCase());
  const surplus = emails.length - new Set(emails).size;
  if (surplus > 0) findings.push(`${surplus} contacts too many at zoho`);
  return surplus;
}
