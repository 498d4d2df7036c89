// What this installation remembers of itself, by name.
import type { Queryable } from "./database/database.ts";

export async function recall(db: Queryable, name: string): Promise<string | undefined> {
  const { rows } = await db.query<{ value: string }>(
    "select value from installation where name = $1",
    [name],
  );
  return rows[0]?.value;
}

export async function remember(db: Queryable, name: string, value: string): Promise<void> {
  await db.query(
    `insert into installation (name, value) values ($1, $2)
     on conflict (name) do update set value = excluded.value`,
    [name, value],
  );
}
