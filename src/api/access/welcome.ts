// The link that lets the first owner in, once, within 15 minutes. There is no default password.
import { addInvitation, takeInvitation, voidWelcomes } from "../../ledger/access/invitations.ts";
import { addPerson, isNobodyHome, listPeople } from "../../ledger/access/people.ts";
import type { Database, Queryable } from "../../ledger/database/database.ts";
import { hashOf, newSecret } from "./secret.ts";

export const welcomeMinutes = 15;

/** Undefined when an owner can log in already. */
export async function makeWelcome(db: Database): Promise<string | undefined> {
  if (!(await isNobodyHome(db))) return undefined;
  return db.transaction(addWelcome);
}

export async function addWelcome(tx: Queryable): Promise<string> {
  const token = newSecret();
  await voidWelcomes(tx);
  const owner = { email: null, name: null, role: "owner" as const, stores: null };
  await addInvitation(tx, hashOf(token), owner, welcomeMinutes);
  return token;
}

/** The owner whom it lets in: made by the first welcome, found by later ones. */
export async function takeWelcome(
  tx: Queryable,
  token: string,
): Promise<{ id: number; name: string } | undefined> {
  if (!(await takeInvitation(tx, hashOf(token), true))) return undefined;
  const known = (await listPeople(tx)).find(
    ({ role, stores, isDisabled }) => role === "owner" && stores === null && !isDisabled,
  );
  if (known) return { id: known.id, name: known.email ?? known.name };
  const owner = { email: null, name: "Owner", role: "owner", stores: null } as const;
  return { id: await addPerson(tx, owner), name: "Owner" };
}

/** A page that asks who you are is opened by a welcome link, until an owner can log in. */
export async function pageLink(
  db: Database,
  url: string,
  key: string | undefined,
): Promise<string> {
  const token = key === undefined ? undefined : await makeWelcome(db);
  return token === undefined ? url : `${url}/welcome?token=${token}`;
}
