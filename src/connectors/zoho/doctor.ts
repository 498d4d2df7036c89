// Looks whether the organisation is ready for us, without changing anything.
import type { ZohoApi } from "./api.ts";
import type { ZohoSettings } from "./options.ts";
import { organisationLooks } from "./organisation-looks.ts";
import type { World } from "./token.ts";

export async function examine(settings: ZohoSettings, api: ZohoApi, world: World): Promise<string> {
  const sentences = [`Zoho CRM (${settings.dataCentre}) answers.`];
  for (const look of organisationLooks(settings, api)) sentences.push(await look(world));
  return sentences.join(" ");
}
