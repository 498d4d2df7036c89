// GDPR Art. 30: what is not in the register is not there. A new column has to say what it holds.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { impersonal, personalData } from "./personal-data.ts";
import { openTestLedger, type TestLedger } from "./test-ledger.ts";

let opened: TestLedger;
before(async () => {
  opened = await openTestLedger();
});
after(() => opened.close());

/** Numbers, times and truths name nobody. */
async function columnsOfWords(): Promise<string[]> {
  const { rows } = await opened.db.query<{ name: string }>(
    `select c.table_name || '.' || c.column_name as name
     from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
     where c.table_schema = current_schema() and t.table_type = 'BASE TABLE'
       and c.data_type in ('text', 'bytea', 'json', 'jsonb', 'ARRAY', 'character varying', 'inet')
     order by 1`,
  );
  return rows.map(({ name }) => name);
}

const listed = () => [
  ...personalData.map(({ where }) => where).filter((where) => !where.startsWith("files:")),
  ...Object.entries(impersonal).flatMap(([table, columns]) =>
    columns.map((column) => `${table}.${column}`),
  ),
];

test("each column that can hold words is in the register, or is said to name nobody", async () => {
  const columns = await columnsOfWords();
  const known = new Set(listed());
  assert.ok(columns.length > 40, "the columns were found");
  const unknown = columns.filter((column) => !known.has(column));
  assert.deepEqual(unknown, [], "say in personal-data.ts what these hold");
});

test("the register names no column that is gone, and none twice", async () => {
  const columns = new Set(await columnsOfWords());
  const all = listed();
  assert.deepEqual(
    all.filter((column) => !columns.has(column)),
    [],
  );
  assert.equal(new Set(all).size, all.length);
});
