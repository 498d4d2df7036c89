// The three lists of addresses that Mailgun says "Queued" to and never delivers to.
import type { Collection } from "../../connector-kit/simulator.ts";
import { mailgunDate, says } from "./simulated-answer.ts";
import { textField } from "./simulated-templates.ts";

export interface Suppression {
  list: string;
  address: string;
  tags: string[];
  at: string;
}

export const suppressionLists: Readonly<Record<string, { reason: string; absent: string }>> = {
  bounces: { reason: "suppress-bounce", absent: "Address not found in bounces table" },
  complaints: {
    reason: "suppress-complaint",
    absent: "No spam complaints found for this address",
  },
  unsubscribes: {
    reason: "suppress-unsubscribe",
    absent: "Address not found in unsubscribers table",
  },
};

/** `GET /v3/{domain}/{list}/{address}` and `POST /v3/{domain}/{list}`. */
export async function handleSuppression(
  request: Request,
  list: string,
  address: string | undefined,
  kept: Collection<Suppression>,
  now: Date,
): Promise<Response> {
  if (request.method === "POST" && address === undefined) {
    const form = await request.formData();
    const added = textField(form, "address").toLowerCase();
    const tags = form.getAll("tag").map(String);
    kept.set(`${list}/${added}`, { list, address: added, tags, at: mailgunDate(now) });
    return says(200, `1 addresses have been added to the ${list} table`);
  }
  const entry = address === undefined ? undefined : kept.get(`${list}/${address.toLowerCase()}`);
  if (!entry) return says(404, suppressionLists[list]?.absent ?? "not found");
  const plain = { address: entry.address, created_at: entry.at };
  if (list === "bounces") return Response.json({ ...plain, code: "550", error: "No such mailbox" });
  if (list === "unsubscribes") return Response.json({ ...plain, tags: entry.tags });
  return Response.json(plain);
}

/** Why Mailgun would keep this message back, in the words of its `failed` event. */
export function suppressionReason(
  recipient: string,
  tags: readonly string[],
  kept: Collection<Suppression>,
): string | undefined {
  for (const [list, { reason }] of Object.entries(suppressionLists)) {
    const entry = kept.get(`${list}/${recipient}`);
    if (!entry) continue;
    const isOfTag = entry.tags.length > 0 && !entry.tags.includes("*");
    if (!isOfTag || entry.tags.some((tag) => tags.includes(tag))) return reason;
  }
  return undefined;
}
