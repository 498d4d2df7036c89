import type { SimulatedRecord } from "../../connector-kit/simulator.ts";

/** The e-mails that a simulated Mailgun holds for one order, as their reader would see them. */
export function outboxOf(
  records: readonly SimulatedRecord[],
  reference: string,
): { subject: string; html: string }[] {
  return records
    .filter((record) => record.kind === "message" && record.reference === reference)
    .map(({ fields }) => ({
      subject: String(fields.subject ?? ""),
      html: String(fields.html ?? ""),
    }));
}
