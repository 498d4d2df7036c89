// `ordna setup zoho`: from a client id to an organisation that is ready for orders. What only a
// person can do in Zoho CRM is said, and looked at again when it is done.
import { ActionError } from "../../connector-kit/action-error.ts";
import type { Ask, SetUpFinding, Wiring } from "../../connector-kit/connector.ts";
import type { Send } from "../../connector-kit/http.ts";
import { accountApi, clientOf } from "./account.ts";
import type { ZohoSettings } from "./options.ts";
import { type Look, organisationLooks } from "./organisation-looks.ts";
import { scopesFor } from "./scopes.ts";
import type { World } from "./token.ts";
import { exchangeGrantCode } from "./token-request.ts";

export async function setUp(
  settings: ZohoSettings,
  wiring: Wiring,
  send: Send,
  ask: Ask,
): Promise<readonly SetUpFinding[]> {
  const world: World = { send, now: () => new Date() };
  if (!wiring.secrets.refreshToken) return [permission(settings, wiring, world, ask)];
  const findings: SetUpFinding[] = [];
  for (const look of organisationLooks(settings, accountApi(settings, wiring))) {
    findings.push(await finding(look, world, ask));
  }
  return findings;
}

/** A look that says no is a person's to mend; one that cannot be made ends the setting up. */
async function finding(look: Look, world: World, ask: Ask): Promise<SetUpFinding> {
  try {
    return { sentence: await look(world) };
  } catch (error) {
    if (!(error instanceof ActionError) || error.verdict !== "permanent") throw error;
    const mend = async () => {
      const said = await ask(`${error.message} Type "done" when it is:`);
      if (said === undefined) throw error;
      return look(world);
    };
    return { sentence: error.message, mend };
  }
}

/** Without a refresh token: a grant code of a Self Client is exchanged for one. */
function permission(settings: ZohoSettings, wiring: Wiring, world: World, ask: Ask): SetUpFinding {
  const { env } = settings.refreshToken;
  const scopes = scopesFor(settings).join(",");
  return {
    sentence:
      `${env} is not set: with --yes a grant code of your Self Client is asked for and exchanged ` +
      `for it. Generate the code in Zoho's API console with the scopes ${scopes}`,
    mend: async () => {
      const question = `Paste the grant code (made with the scopes ${scopes}; good for 3 minutes):`;
      const code = await ask(question);
      const refreshToken = await exchanged(settings, wiring, code, world);
      const told = await lookAround(settings, wiring, refreshToken, world);
      const first = `Set ${env} to this value and keep it secret, it is not shown again: `;
      return [first + refreshToken, ...told].join("\n         ");
    },
  };
}

async function exchanged(
  settings: ZohoSettings,
  wiring: Wiring,
  code: string | undefined,
  world: World,
): Promise<string> {
  if (code !== undefined && /^[\x21-\x7e]{1,500}$/.test(code)) {
    return exchangeGrantCode(clientOf(settings, wiring), code, world);
  }
  const message =
    code === undefined
      ? "Nobody is here to paste a grant code: run this in a terminal."
      : "This is no grant code: it is one word of letters, digits and dots.";
  throw new ActionError("permanent", message, { cause: "config.invalid" });
}

/** What the new token sees. Whatever goes wrong here, the token itself must still be told. */
async function lookAround(
  settings: ZohoSettings,
  wiring: Wiring,
  refreshToken: string,
  world: World,
): Promise<readonly string[]> {
  const complete = { ...wiring, secrets: { ...wiring.secrets, refreshToken } };
  const told: string[] = [];
  for (const look of organisationLooks(settings, accountApi(settings, complete))) {
    try {
      told.push(await look(world));
    } catch (error) {
      if (!(error instanceof ActionError)) throw error;
      told.push(`Still to do: ${error.message}`);
    }
  }
  return told;
}
