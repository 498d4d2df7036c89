// One session of PGlite, spoken to in PostgreSQL's own protocol so that statements are parsed and
// planned once.
import { messages, type PGlite, protocol } from "@electric-sql/pglite";
import type { Value } from "./database.ts";
import { type Decode, decoderOf } from "./decode-value.ts";
import { encodeValue } from "./encode-value.ts";
import { DatabaseUnavailable } from "./errors.ts";
import type { Run, RunResult } from "./transaction.ts";

interface Column {
  readonly name: string;
  readonly decode: Decode;
}

interface Statement {
  readonly name: string;
  columns: readonly Column[] | undefined;
}

type Heard = (channel: string, payload: string) => void;

const { serialize } = protocol;
const endOfMessage = [serialize.execute(), serialize.sync()];
const describePortal = serialize.describe({ type: "P" });
const maxStatements = 256;

/**
 * Not for two callers at once. `heard` is called for every NOTIFY on a channel that is listened to.
 */
export function pgliteSession(pglite: PGlite, heard: Heard): Run {
  const statements = new Map<string, Statement>();
  const exchange = exchangeWith(pglite, heard);
  let named = 0;

  function forget(text: string): Uint8Array {
    const statement = statements.get(text);
    statements.delete(text);
    return serialize.close({ type: "S", name: statement?.name ?? "" });
  }

  async function runPrepared(text: string, values: readonly Value[]): Promise<RunResult> {
    const parts: Uint8Array[] = [];
    const known = statements.get(text);
    const statement = known ?? { name: `s${++named}`, columns: undefined };
    if (!known) {
      const [oldest] = statements.size >= maxStatements ? statements.keys() : [];
      if (oldest !== undefined) parts.push(forget(oldest));
      parts.push(serialize.parse({ name: statement.name, text }));
    }
    parts.push(serialize.bind({ statement: statement.name, values: values.map(encodeValue) }));
    if (!statement.columns) parts.push(describePortal);
    const answer = await exchange([...parts, ...endOfMessage], statement.columns);
    if (answer.isParsed) statements.set(text, statement);
    if (!answer.error) {
      statement.columns = answer.columns;
      return answer.result;
    }
    // A migration changed what the statement returns; PostgreSQL says so before it does anything.
    if (known && answer.error.routine === "RevalidateCachedQuery") {
      await exchange([forget(text), serialize.sync()], []);
      if (!answer.isInTransaction) return runPrepared(text, values);
    }
    throw answer.error;
  }

  return async (text, values) => {
    if (values) return runPrepared(text, values);
    const answer = await exchange([serialize.query(text.toWellFormed())], undefined);
    if (answer.error) throw answer.error;
    return answer.result;
  };
}

interface Answer {
  columns: readonly Column[];
  result: RunResult;
  error: messages.DatabaseError | undefined;
  isParsed: boolean;
  isInTransaction: boolean;
}

function exchangeWith(pglite: PGlite, heard: Heard) {
  const parser = new protocol.Parser();
  return async (parts: readonly Uint8Array[], known: readonly Column[] | undefined) => {
    const reading = readAnswer(known ?? [], heard);
    const onRawData = (bytes: Uint8Array) => parser.parse(bytes, reading.take);
    await pglite.execProtocolRawStream(Buffer.concat(parts), { syncToFs: false, onRawData });
    return reading.answer();
  };
}

function readAnswer(known: readonly Column[], heard: Heard) {
  let rows: Record<string, unknown>[] = [];
  let status: string | undefined;
  const answer: Answer = {
    columns: known,
    result: { rows, rowCount: 0, command: "" },
    error: undefined,
    isParsed: false,
    isInTransaction: false,
  };
  let unreadable: unknown;
  function take(message: { readonly name: string }): void {
    if (message instanceof messages.DataRowMessage) {
      try {
        rows.push(readRow(answer.columns, message.fields));
      } catch (error) {
        unreadable ??= error;
      }
    } else if (message instanceof messages.RowDescriptionMessage) {
      answer.columns = message.fields.map(({ name, dataTypeID }) => {
        return { name, decode: decoderOf(dataTypeID) };
      });
    } else if (message instanceof messages.CommandCompleteMessage) {
      answer.result = { rows, ...readTag(message.text) };
      rows = [];
    } else if (message instanceof messages.DatabaseError) {
      answer.error ??= message;
    } else if (message instanceof messages.ReadyForQueryMessage) {
      status = message.status;
    } else if (message instanceof messages.NotificationResponseMessage) {
      heard(message.channel, message.payload);
    } else if (message.name === "parseComplete") {
      answer.isParsed = true;
    }
  }
  return {
    take,
    answer: (): Answer => {
      // PANIC and FATAL end a server process; PGlite lives on, with a memory that can no longer be
      // believed.
      const { error } = answer;
      if (!status || error?.severity === "PANIC" || error?.severity === "FATAL") {
        throw new DatabaseUnavailable(`The embedded database stopped: ${error?.message}`);
      }
      answer.isInTransaction = status !== "I";
      if (!error && unreadable) throw unreadable;
      return answer;
    },
  };
}

function readRow(columns: readonly Column[], fields: readonly (string | null)[]) {
  const row: Record<string, unknown> = {};
  columns.forEach(({ name, decode }, at) => {
    const text = fields[at];
    row[name] = text === null || text === undefined ? null : decode(text);
  });
  return row;
}

/** "INSERT 0 5" and "SELECT 2" end in a count, "CREATE TABLE" does not. */
function readTag(tag: string): { readonly command: string; readonly rowCount: number } {
  const words = tag.split(" ");
  return { command: words[0] ?? "", rowCount: Number.parseInt(words.at(-1) ?? "", 10) || 0 };
}
