// A ledger with a history: one real order, cloned by the database as often as asked, a minute apart. The same few orders
// wait for a person however long the history is.
import pg from "pg";

/** `url` holds one order that is done. */
export async function fillLedger(url: string, orders: number): Promise<void> {
  const clients = Array.from({ length: 3 }, () => new pg.Client({ connectionString: url }));
  try {
    for (const client of clients) {
      await client.connect();
      // Guards and words are for orders that come alive one by one; these are copies of one that did.
      await client.query("set session_replication_role = replica; set synchronous_commit = off");
      await client.query("set maintenance_work_mem = '512MB'");
      // Where the server has it: to compress the facts takes most of the time.
      await client.query(
        `select set_config(name, 'lz4', false) from pg_settings
         where name = 'default_toast_compression' and 'lz4' = any (enumvals)`,
      );
    }
    const [client] = clients;
    if (!client) return;
    const indexes = await dropIndexes(client);
    const tables = Object.entries(clones(orders));
    const insertions = [];
    for (const [name, clone] of tables) {
      insertions.push(await insertion(client, name, clone, orders));
    }
    await sideBySide(clients, insertions);
    await sideBySide(clients, indexes);
    await sideBySide(
      clients,
      tables.map(([name]) => `vacuum (analyze) "${name}"`),
    );
    await client.query("checkpoint");
  } finally {
    for (const client of clients) await client.end();
  }
}

async function sideBySide(clients: readonly pg.Client[], statements: readonly string[]) {
  const waiting = statements.values();
  await Promise.all(
    clients.map(async (client) => {
      for (const statement of waiting) await client.query(statement);
    }),
  );
}

interface Clone {
  /** What is not copied as it is; `t` is the order's own row, `i` the number of the clone. */
  readonly columns: Readonly<Record<string, string>>;
  readonly where?: string;
}

const waitingOrders = 100;
/** Of each name, however long the history is: a list shows so many. */
const ordersOfAName = 50;

export const namesAmong = (orders: number) => orders / ordersOfAName;

function clones(orders: number): Readonly<Record<string, Clone>> {
  const reference = "'G' || lpad(i::text, 13, '0')";
  const run = `${reference} || '-paid'`;
  const nameOf = `lpad((i % ${namesAmong(orders)})::text, 6, '0')`;
  const payment = "'pi_old' || i";
  const event = "'evt_old' || i";
  const at = `date_trunc('milliseconds', now()) - (${orders} - i) * interval '60 s'`;
  const waits = `i % ${orders / waitingOrders} = 0`;
  const isStuck = `${waits} and t.name = 'confirmation'`;
  const unless = (column: string, otherwise: string) =>
    `case when ${isStuck} then ${otherwise} else ${column} end`;
  return {
    event: {
      columns: {
        id: event,
        object_id: payment,
        reference,
        ...{ received_at: at, created_at: at, settled_at: at },
        // Letters are emptied after 30 days.
        body: "''::bytea",
        emptied_at: at,
      },
    },
    orders: {
      columns: {
        reference,
        payment_object: payment,
        payment_intent: payment,
        event_id: event,
        file_key: "gen_random_uuid()",
        facts: `t.facts || jsonb_build_object('reference', ${reference},
          'payment', t.facts->'payment' || jsonb_build_object('object', ${payment}, 'paymentIntent', ${payment}),
          'buyer', t.facts->'buyer' || jsonb_build_object('name', 'Buyer' || ${nameOf}, 'email', i || '@example.com'))`,
        ...{ created_at: at, changed_at: at },
        state: `case when ${waits} then 'attention' else t.state end`,
        done_at: `case when ${waits} then null else ${at} end`,
      },
    },
    run: { columns: { id: run, reference, opened_at: at } },
    step: {
      columns: {
        run,
        changed_at: at,
        state: unless("t.state", "'attention'"),
        cause: unless("t.cause", "'request.refused'"),
        message: unless("t.message", "'The address is refused.'"),
        output: unless(
          `case when t.output ? 'trackingNumber'
             then t.output || jsonb_build_object('trackingNumber', 'PN' || lpad(i::text, 12, '0')) else t.output end`,
          "null",
        ),
      },
    },
    attempt: { columns: { run, begun_at: at, ended_at: at } },
    effect: {
      columns: { run, external_id: "t.external_id || '-' || i", recorded_at: at },
      where: `not (${isStuck})`,
    },
    order_word: { columns: { reference, word: cloneOfWord(nameOf) } },
  };
}

/** Numbers are an order's own; names and 90,000 amounts are shared. */
const cloneOfWord = (nameOf: string) => `case
  when t.word like '=%' then '=' || (1000 + i % 90000)
  when t.word ~ '^[0-9]{5}$' then lpad((i % 99999)::text, 5, '0')
  when t.word ~ '^[a-z]+$' then t.word || ${nameOf}
  when t.word ~ '^pn' then 'pn' || lpad(i::text, 12, '0')
  else t.word || '-' || i end`;

async function insertion(client: pg.Client, table: string, clone: Clone, orders: number) {
  const { rows } = await client.query<{ name: string }>(
    `select attname as name from pg_attribute where attrelid = $1::regclass and attnum > 0
       and not attisdropped and attgenerated = '' order by attnum`,
    [table],
  );
  const names = rows.map(({ name }) => name);
  const unknown = Object.keys(clone.columns).filter((name) => !names.includes(name));
  if (unknown.length > 0)
    throw new Error(`The table ${table} has no column ${unknown.join(", ")}.`);
  const values = names.map((name) => clone.columns[name] ?? `t."${name}"`);
  return `insert into "${table}" (${names.map((name) => `"${name}"`).join(", ")})
    select ${values.join(", ")} from generate_series(1, ${orders}) as i
    cross join (select * from "${table}") as t ${clone.where ? `where ${clone.where}` : ""}`;
}

/** They are built faster afterwards. Resolves to the statements that bring them back. */
async function dropIndexes(client: pg.Client): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition from pg_index
     where indrelid::regclass::text in ('event', 'orders', 'run', 'step', 'attempt', 'effect', 'order_word')
       and not exists (select 1 from pg_constraint where conindid = indexrelid)`,
  );
  for (const { name } of rows) await client.query(`drop index ${name}`);
  return rows.map(({ definition }) => definition);
}
