// Links that let somebody in once.
import type { Queryable } from "../database/database.ts";
import type { NewPerson, Role } from "./people.ts";

export interface Invitation extends Omit<NewPerson, "name"> {
  readonly name: string | null;
}

export async function addInvitation(
  tx: Queryable,
  hash: string,
  invitation: Invitation,
  minutes: number,
): Promise<void> {
  await tx.query(
    `insert into invitation (hash, email, name, role, stores, ends_at)
     values ($1, $2, $3, $4, $5, now() + $6 * interval '1 minute')`,
    [hash, invitation.email, invitation.name, invitation.role, invitation.stores, minutes],
  );
}

/** Once: whoever comes second, or too late, gets nothing. */
export async function takeInvitation(
  tx: Queryable,
  hash: string,
  isWelcome: boolean,
): Promise<Invitation | undefined> {
  const { rows } = await tx.query<{
    email: string | null;
    name: string | null;
    role: Role;
    stores: string[] | null;
  }>(
    `update invitation set used_at = now()
     where hash = $1 and used_at is null and ends_at > now() and (email is null) = $2
     returning email, name, role, stores`,
    [hash, isWelcome],
  );
  return rows[0];
}

/** A new welcome link makes the ones before it worthless. */
export async function voidWelcomes(tx: Queryable): Promise<void> {
  await tx.query(
    "update invitation set used_at = now() where email is null and used_at is null",
    [],
  );
}

/** For who proves the invited e-mail in another way than by the link. */
export async function takeInvitationOf(
  tx: Queryable,
  email: string,
): Promise<Invitation | undefined> {
  const { rows } = await tx.query<{
    email: string;
    name: string | null;
    role: Role;
    stores: string[] | null;
  }>(
    `update invitation set used_at = now()
     where hash = (select hash from invitation
       where email = $1 and used_at is null and ends_at > now() order by made_at desc limit 1)
     returning email, name, role, stores`,
    [email],
  );
  return rows[0];
}
