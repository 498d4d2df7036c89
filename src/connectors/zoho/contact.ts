// The buyer as a contact: found by e-mail, made when there is none, and changed no more than the
// shop allows.
import { z } from "zod";
import type { Action, Call, Connection } from "../../connector-kit/action.ts";
import { ActionError } from "../../connector-kit/action-error.ts";
import { contactOutput } from "../../connector-kit/outputs.ts";
import type { Order } from "../../order/order.ts";
import type { Written, ZohoApi } from "./api.ts";
import { allowedChanges, contactFields, ownedFields } from "./contact-fields.ts";
import type { FieldMetadata } from "./field-metadata.ts";
import type { ZohoSettings } from "./options.ts";
import { recordId } from "./zoho-problem.ts";

interface Input {
  readonly order: Order;
}

interface Output {
  contactId: string;
  /** What a person should know: the customer exists more than once. */
  note?: string | undefined;
}

const row = z.object({
  id: recordId,
  Email: z.string().nullish(),
  Created_Time: z.string().max(50).nullish(),
  ...Object.fromEntries(ownedFields.map((name) => [name, z.string().nullish()])),
});
type Row = z.output<typeof row> & Readonly<Record<string, unknown>>;

export function contactAction(
  settings: ZohoSettings,
  connection: Connection,
  api: ZohoApi,
  metadata: FieldMetadata,
): Action<Input, Output> {
  return {
    name: "zoho.contact",
    connection,
    output: contactOutput.extend({ note: z.string().max(300).optional() }),
    // COQL shows a contact as soon as it exists, so a later attempt finds the one that an earlier
    // attempt made.
    repeat: { how: "safe" },
    record: ({ contactId }) => ({ id: contactId, isShared: true }),
    // Zoho's check for a known e-mail is a look, not a constraint: two upserts at once may make two
    // contacts.
    exclusive: ({ order }) => `${connection.account}:contact:${emailOf(order) ?? order.reference}`,
    run: async ({ order }, call) => {
      const email = usableEmail(order);
      const ours = contactFields(order.buyer, email, await metadata.of("Contacts", call));
      const known = oldestFirst(await findByEmail(settings, api, order, email, call));
      const [oldest] = known;
      if (!oldest) return { contactId: await create(settings, api, email, ours, call) };
      const changes = allowedChanges(settings.overwrite, ours, oldest);
      if (Object.keys(changes).length > 0) {
        idOf(await api.update("Contacts", oldest.id, changes, call));
      }
      if (known.length === 1) return { contactId: oldest.id };
      const note = `${known.length} contacts in Zoho CRM share this e-mail: the oldest was used.`;
      return { contactId: oldest.id, note };
    },
  };
}

/** As it is compared and stored: trimmed and lower-cased. */
function emailOf(order: Order): string | undefined {
  return order.buyer.email?.trim().toLowerCase() || undefined;
}

function usableEmail(order: Order): string {
  const email = emailOf(order);
  if (email && email.length <= 100 && /^[^\s\p{Cc}@]+@[^\s\p{Cc}@]+$/u.test(email)) return email;
  const message = email
    ? "The buyer's e-mail address is not valid, or longer than the 100 characters of Zoho CRM."
    : "The order has no e-mail address of the buyer, by which Zoho CRM knows its contacts.";
  const failure = { cause: "address.email_invalid", field: "buyer.email" } as const;
  throw new ActionError("permanent", message, failure);
}

async function findByEmail(
  settings: ZohoSettings,
  api: ZohoApi,
  order: Order,
  email: string,
  call: Call,
): Promise<readonly Row[]> {
  // Whether COQL minds capitals is not documented: ask for both spellings.
  const spellings = [...new Set([email, order.buyer.email?.trim() ?? email])];
  const values = spellings.map((spelling) => quoted(spelling, settings.coqlQuote));
  const test = values.length === 1 ? `= ${values[0]}` : `in (${values.join(", ")})`;
  const columns = ["id", "Email", "Created_Time", ...ownedFields].join(", ");
  const coql = `select ${columns} from Contacts where Email ${test} limit 200`;
  const found: readonly Row[] = await api.query(coql, row, call);
  return found.filter((contact) => contact.Email?.trim().toLowerCase() === email);
}

function quoted(text: string, how: ZohoSettings["coqlQuote"]): string {
  if (how === "doubled") return `'${text.replaceAll("'", "''")}'`;
  return `'${text.replace(/['\\]/g, "\\$&")}'`;
}

function oldestFirst(contacts: readonly Row[]): readonly Row[] {
  const born = ({ Created_Time }: Row) => Date.parse(Created_Time ?? "") || 0;
  return contacts.toSorted((a, b) => born(a) - born(b) || (BigInt(a.id) < BigInt(b.id) ? -1 : 1));
}

/**
 * Through upsert, not insert: should somebody have made the contact since we looked, it is taken.
 */
async function create(
  { leadSource }: ZohoSettings,
  api: ZohoApi,
  email: string,
  ours: Readonly<Record<string, string>>,
  call: Call,
): Promise<string> {
  const fields = { ...ours, ...(leadSource ? { Lead_Source: leadSource } : {}), Email: email };
  return idOf(await api.upsert("Contacts", "Email", fields, call));
}

/** A duplicate may be a lead, or clash in another field: that id is no contact of this buyer. */
function idOf(written: Written): string {
  if (written.kind === "written") return written.id;
  const same = written.duplicates.find((d) => d.module === "Contacts" && d.field === "Email");
  if (same) return same.id;
  const [other] = written.duplicates;
  const what = `${other?.field ?? "a value"} is taken by ${other?.id} in ${other?.module}`;
  throw new ActionError(
    "permanent",
    `Zoho CRM refused the contact: ${what}. Merge or convert it.`,
    {
      cause: "crm.duplicate_contact",
    },
  );
}
