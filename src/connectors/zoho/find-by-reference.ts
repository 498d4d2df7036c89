// The record that an earlier attempt made, by our reference in its unique field. COQL shows it as
// soon as it exists.
import { z } from "zod";
import type { Call } from "../../connector-kit/action.ts";
import type { ModuleName, ZohoApi } from "./api.ts";
import { recordId } from "./zoho-problem.ts";

export async function findByReference(
  api: ZohoApi,
  module: ModuleName,
  orderField: string,
  reference: string,
  call: Pick<Call, "send" | "now">,
): Promise<string | undefined> {
  // Our own alphabet: nothing in it needs a backslash.
  if (!/^[A-Z0-9]+$/.test(reference)) throw new TypeError("a reference has only A-Z and 0-9");
  const coql = `select id, ${orderField} from ${module} where ${orderField} = '${reference}' limit 2`;
  const row = z.object({ id: recordId, [orderField]: z.string().nullish() });
  const found: readonly Record<string, unknown>[] = await api.query(coql, row, call);
  // Whatever `=` means there, a look-alike is not ours.
  const ours = found.find((record) => record[orderField] === reference);
  return ours && recordId.parse(ours.id);
}
