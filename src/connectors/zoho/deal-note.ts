// The details of an order as a note under its deal. Notes are not unique and nothing makes them so:
// look by the title first.
import type { Call } from "../../connector-kit/action.ts";
import { ActionError } from "../../connector-kit/action-error.ts";
import type { ZohoApi } from "./api.ts";

/** Of 200 notes each. */
const maxPages = 10;

export async function ensureNote(
  api: ZohoApi,
  dealId: string,
  note: { readonly title: string; readonly content: string },
  call: Call,
): Promise<void> {
  if (await hasNote(api, dealId, note.title, call)) return;
  const fields = {
    Note_Title: note.title,
    Note_Content: note.content,
    Parent_Id: { module: { api_name: "Deals" }, id: dealId },
  };
  const written = await api.create("Notes", fields, call);
  if (written.kind === "written") return;
  const message = "Zoho CRM refused the note under the deal as a duplicate.";
  throw new ActionError("permanent", message, { cause: "record.exists_differently" });
}

async function hasNote(api: ZohoApi, dealId: string, title: string, call: Call): Promise<boolean> {
  for (let page = 1; page <= maxPages; page += 1) {
    const notes = await api.notes("Deals", dealId, page, call);
    if (notes?.data.some((note) => note.Note_Title === title)) return true;
    if (!notes?.info?.more_records) return false;
  }
  return false;
}
