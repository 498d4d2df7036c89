// Keys for programs: hashed, shown once, with scopes.
import type { Queryable } from "../database/database.ts";

export interface ApiKey {
  readonly id: number;
  readonly name: string;
  readonly hint: string;
  readonly scopes: readonly string[];
  readonly stores: readonly string[] | null;
  readonly madeBy: string;
  readonly madeAt: string;
  readonly lastUsedAt: string | null;
  readonly isRevoked: boolean;
}

interface Row {
  id: number;
  name: string;
  hint: string;
  scopes: string[];
  stores: string[] | null;
  made_by: string;
  made_at: Date;
  last_used_at: Date | null;
  revoked_at: Date | null;
}

const asKey = (row: Row): ApiKey => ({
  id: Number(row.id),
  name: row.name,
  hint: row.hint,
  scopes: row.scopes,
  stores: row.stores,
  madeBy: row.made_by,
  madeAt: row.made_at.toISOString(),
  lastUsedAt: row.last_used_at?.toISOString() ?? null,
  isRevoked: row.revoked_at !== null,
});

export async function listApiKeys(db: Queryable): Promise<ApiKey[]> {
  const { rows } = await db.query<Row>("select * from api_key order by id", []);
  return rows.map(asKey);
}

export async function addApiKey(
  tx: Queryable,
  key: Pick<ApiKey, "name" | "hint" | "scopes" | "stores" | "madeBy"> & { readonly hash: string },
): Promise<number> {
  const { rows } = await tx.query<{ id: number }>(
    `insert into api_key (name, hash, hint, scopes, stores, made_by) values ($1, $2, $3, $4, $5, $6) returning id`,
    [key.name, key.hash, key.hint, key.scopes, key.stores, key.madeBy],
  );
  return Number(rows[0]?.id);
}

export async function findApiKey(db: Queryable, hash: string): Promise<ApiKey | undefined> {
  const { rows } = await db.query<Row>(
    "select * from api_key where hash = $1 and revoked_at is null",
    [hash],
  );
  const [row] = rows;
  if (!row) return undefined;
  await db.query(
    `update api_key set last_used_at = now()
     where id = $1 and coalesce(last_used_at, '-infinity') < now() - interval '1 minute'`,
    [row.id],
  );
  return asKey(row);
}

export async function revokeApiKey(tx: Queryable, id: number): Promise<boolean> {
  const { rowCount } = await tx.query(
    "update api_key set revoked_at = now() where id = $1 and revoked_at is null",
    [id],
  );
  return rowCount === 1;
}
