// The secrets that the database has to give back: second factors and what hooks are signed with. All of them are sealed.
import type { SealFor } from "../../connector-kit/seal.ts";
import type { Database, Queryable } from "../database/database.ts";

export const totpPlace = (person: number) => `second factor of person ${person}`;
export const hookPlace = (url: string) => `secret of the hook to ${url}`;

/**
 * At every start: what an older Ordna kept as it was is sealed, and what an older key has sealed is sealed with the
 * newest. Resolves to how many; afterwards the older keys may go.
 */
export function sealAnew(db: Database, sealFor: SealFor): Promise<number> {
  return db.transaction(async (tx) => {
    const totp = await tx.query<Kept>(
      "select id, id::text as place, totp_secret as value from person where totp_secret is not null for update",
      [],
    );
    const hooks = await tx.query<Kept & { old: string | null }>(
      "select id, url as place, secret as value, old_secret as old from hook for update",
      [],
    );
    let sealed = 0;
    for (const { id, value } of totp.rows) {
      const anew = again(sealFor(totpPlace(Number(id))), value);
      if (anew !== undefined) sealed += await keep(tx, "person", "totp_secret", id, anew);
    }
    for (const { id, place, value, old } of hooks.rows) {
      const seal = sealFor(hookPlace(place));
      const anew = again(seal, value);
      if (anew !== undefined) sealed += await keep(tx, "hook", "secret", id, anew);
      const oldAnew = old === null ? undefined : again(seal, old);
      if (oldAnew !== undefined) sealed += await keep(tx, "hook", "old_secret", id, oldAnew);
    }
    return sealed;
  });
}

interface Kept {
  readonly id: string | number;
  readonly place: string;
  readonly value: string;
}

/** Undefined: it is as it should be, or no key of ours opens it. */
function again(seal: ReturnType<SealFor>, value: string): string | undefined {
  if (seal.isNewest(value)) return undefined;
  const text = value.startsWith("v1.") ? seal.open(value) : value;
  return text === undefined ? undefined : seal.close(text);
}

async function keep(
  tx: Queryable,
  table: "person" | "hook",
  column: "totp_secret" | "secret" | "old_secret",
  id: string | number,
  value: string,
): Promise<number> {
  await tx.query(`update ${table} set ${column} = $2 where id = $1`, [id, value]);
  return 1;
}
