// The three lists of addresses that Mailgun says "Queued" to and never delivers to.
import { z } from "zod";
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
    const added = await addedBy(request);
    for (const one of added)
      kept.set(`${list}/${one.address}`, { list, ...one, at: mailgunDate(now) });
    return says(200, `${added.length} addresses have been added to the ${list} table`);
  }
  const entry = address === undefined ? undefined : kept.get(`${list}/${address.toLowerCase()}`);
  if (!entry) return says(404, suppressionLists[list]?.absent ?? "not found");
  const plain = { address: entry.address, created_at: entry.at };
  if (list === "bounces") return Response.json({ ...plain, code: "550", error: "No such mailbox" });
  if (list === "unsubscribes") return Response.json({ ...plain, tags: entry.tags });
  return Response.json(plain);
}

const listSchema = z.array(z.object({ address: z.string(), tags: z.array(z.string()).optional() }));

/** One address as a form, or a list of them as JSON. */
async function addedBy(request: Request): Promise<{ address: string; tags: string[] }[]> {
  if (request.headers.get("content-type")?.startsWith("application/json")) {
    const listed = listSchema.parse(await request.json());
    return listed.map(({ address, tags = [] }) => ({ address: address.toLowerCase(), tags }));
  }
  const form = await request.formData();
  const address = textField(form, "address").toLowerCase();
  return [{ address, tags: form.getAll("tag").map(String) }];
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
