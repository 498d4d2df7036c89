import type { TokenStore } from "../connector-kit/connector.ts";
import type { Database } from "./database/database.ts";

interface TokenRow {
  value: string;
  expires_at: Date;
  version: string | number;
}

/** Access tokens shared by all processes: compare-and-set by version. */
export function sqlTokens(db: Database): TokenStore {
  return {
    async read(name) {
      const { rows } = await db.query<TokenRow>(
        "select value, expires_at, version from token where name = $1",
        [name],
      );
      const row = rows[0];
      return row && { value: row.value, expiresAt: row.expires_at, version: Number(row.version) };
    },
    async write(name, value, expiresAt, version) {
      const { rowCount } = await db.query(
        `insert into token (name, value, expires_at, version) values ($1, $2, $3, $4 + 1)
         on conflict (name) do update
           set value = excluded.value, expires_at = excluded.expires_at, version = token.version + 1
           where token.version = $4`,
        [name, value, expiresAt, version],
      );
      return rowCount === 1;
    },
  };
}
