// Who may come in, and what each may do.
import type { Queryable } from "../database/database.ts";

export const roles = ["viewer", "manager", "finance", "developer", "owner"] as const;
export type Role = (typeof roles)[number];

export interface Person {
  readonly id: number;
  readonly email: string | null;
  readonly name: string;
  readonly role: Role;
  /** Null: every store. */
  readonly stores: readonly string[] | null;
  readonly hasPassword: boolean;
  readonly hasSecondFactor: boolean;
  readonly isDisabled: boolean;
}

/** What a log-in is judged by. */
export interface Credentials {
  readonly person: Person;
  readonly password: string | null;
  readonly totpSecret: string | null;
}

interface PersonRow {
  id: number;
  email: string | null;
  name: string;
  role: Role;
  stores: string[] | null;
  has_password: boolean;
  has_second_factor: boolean;
  is_disabled: boolean;
}

export const personColumns = `p.id, p.email, p.name, p.role, p.stores, p.password is not null as has_password,
  p.totp_since is not null as has_second_factor, p.disabled_at is not null as is_disabled`;

export function asPerson(row: PersonRow): Person {
  const { id, email, name, role, stores } = row;
  return {
    id: Number(id),
    email,
    name,
    role,
    stores,
    hasPassword: row.has_password,
    hasSecondFactor: row.has_second_factor,
    isDisabled: row.is_disabled,
  };
}

export async function listPeople(db: Queryable): Promise<Person[]> {
  const { rows } = await db.query<PersonRow>(`select ${personColumns} from person p order by p.id`);
  return rows.map(asPerson);
}

export async function findPerson(db: Queryable, id: number): Promise<Person | undefined> {
  const { rows } = await db.query<PersonRow>(
    `select ${personColumns} from person p where p.id = $1`,
    [id],
  );
  return rows[0] && asPerson(rows[0]);
}

export async function findCredentials(
  db: Queryable,
  by: { readonly email: string } | { readonly id: number } | { readonly oidcSubject: string },
): Promise<Credentials | undefined> {
  const [column, value] =
    "email" in by
      ? ["email", by.email]
      : "id" in by
        ? ["id", by.id]
        : ["oidc_subject", by.oidcSubject];
  const { rows } = await db.query<
    PersonRow & { password: string | null; totp_secret: string | null }
  >(
    `select ${personColumns}, p.password, case when p.totp_since is not null then p.totp_secret end as totp_secret
     from person p where p.${column} = $1 and p.disabled_at is null`,
    [value],
  );
  const [row] = rows;
  return row && { person: asPerson(row), password: row.password, totpSecret: row.totp_secret };
}

export interface NewPerson {
  readonly email: string | null;
  readonly name: string;
  readonly role: Role;
  readonly stores: readonly string[] | null;
}

export async function addPerson(tx: Queryable, person: NewPerson): Promise<number> {
  const { rows } = await tx.query<{ id: number }>(
    "insert into person (email, name, role, stores) values ($1, $2, $3, $4) returning id",
    [person.email, person.name, person.role, person.stores],
  );
  return Number(rows[0]?.id);
}

/** Changes what is given. False when that would leave no owner who can come in. */
export async function changePerson(
  tx: Queryable,
  id: number,
  change: {
    readonly role?: Role | undefined;
    readonly stores?: readonly string[] | null | undefined;
    readonly isDisabled?: boolean | undefined;
  },
): Promise<boolean> {
  await tx.query("select pg_advisory_xact_lock(hashtextextended('person', 0))", []);
  const { role, stores, isDisabled } = change;
  await tx.query(
    `update person set role = coalesce($2, role),
       stores = case when $3 then $4::text[] else stores end,
       disabled_at = case when $5::boolean is null then disabled_at when $5 then coalesce(disabled_at, now()) end
     where id = $1`,
    [id, role ?? null, stores !== undefined, stores ?? null, isDisabled ?? null],
  );
  if (isDisabled) await tx.query("delete from session where person = $1", [id]);
  const { rowCount } = await tx.query(
    "select 1 from person where role = 'owner' and stores is null and disabled_at is null limit 1",
    [],
  );
  return rowCount === 1;
}

/** The e-mail is the name to log in by; whoever came by the welcome link chooses it together with the password. */
export async function keepPassword(
  tx: Queryable,
  id: number,
  password: string,
  email: string | undefined,
): Promise<void> {
  await tx.query("update person set password = $2, email = coalesce(email, $3) where id = $1", [
    id,
    password,
    email ?? null,
  ]);
}

/** False when this person has another account of the issuer already. */
export async function bindOidc(tx: Queryable, id: number, subject: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    "update person set oidc_subject = $2 where id = $1 and oidc_subject is null",
    [id, subject],
  );
  return rowCount === 1;
}

export async function isKnownEmail(db: Queryable, email: string): Promise<boolean> {
  return (await db.query("select 1 from person where email = $1", [email])).rowCount > 0;
}

/** Nobody could log in: the only way is a welcome link. */
export async function isNobodyHome(db: Queryable): Promise<boolean> {
  const { rowCount } = await db.query(
    `select 1 from person where role = 'owner' and disabled_at is null
       and (password is not null or oidc_subject is not null) limit 1`,
    [],
  );
  return rowCount === 0;
}
