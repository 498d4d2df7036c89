// A small part of COQL: select columns from Module where conditions joined by "and", limit n.
// It sees every record at once, unlike search.

export interface CoqlQuery {
  readonly columns: readonly string[];
  readonly module: string;
  readonly conditions: readonly Condition[];
  readonly limit: number;
}

interface Condition {
  readonly column: string;
  readonly values: readonly string[];
  readonly isNegated: boolean;
}

/** Undefined when it is not of this part of the language. */
export function parseCoql(text: string): CoqlQuery | undefined {
  const tokens = tokensOf(text);
  if (!tokens) return undefined;
  let at = 0;
  const peek = () => tokens[at] ?? { kind: "end", text: "" };
  const isWord = (word: string) => peek().kind === "word" && peek().text.toLowerCase() === word;
  const take = (word: string) => isWord(word) && Boolean(++at);
  const mark = (sign: string) => peek().kind === "sign" && peek().text === sign && Boolean(++at);
  const next = (kind: string) => (peek().kind === kind ? tokens[at++]?.text : undefined);
  const list = (kind: string) => {
    const items = [next(kind)];
    while (mark(",")) items.push(next(kind));
    return items.every((item) => item !== undefined) ? items : undefined;
  };

  function condition(): Condition | undefined {
    const isGrouped = mark("(");
    const column = next("word");
    let values: readonly string[] | undefined;
    let isNegated = false;
    if (take("in")) {
      values = mark("(") ? list("value") : undefined;
      if (!mark(")")) return undefined;
    } else {
      isNegated = mark("!=");
      const value = isNegated || mark("=") ? next("value") : undefined;
      values = value === undefined ? undefined : [value];
    }
    if (isGrouped && !mark(")")) return undefined;
    return column !== undefined && values ? { column, values, isNegated } : undefined;
  }

  if (!take("select")) return undefined;
  const columns = list("word");
  const module = take("from") ? next("word") : undefined;
  if (!columns || !module || !take("where")) return undefined;
  const conditions = [condition()];
  while (take("and")) conditions.push(condition());
  const limit = take("limit") ? Number(next("value")) : 200;
  if (peek().kind !== "end" || !(limit >= 1 && limit <= 2000)) return undefined;
  if (!conditions.every((c) => c !== undefined)) return undefined;
  return { columns, module, conditions, limit };
}

export function fulfils(query: CoqlQuery, record: Readonly<Record<string, unknown>>): boolean {
  return query.conditions.every(({ column, values, isNegated }) => {
    const held = String(record[column] ?? "").toLowerCase();
    return values.some((value) => value.toLowerCase() === held) !== isNegated;
  });
}

interface Token {
  readonly kind: "word" | "value" | "sign";
  readonly text: string;
}

// Inside quotes both ways of writing a quote are read, \' and '', because it is not known which one
// Zoho reads.
const token =
  /\s*(?:(?<word>[A-Za-z_][\w.]*)|'(?<quoted>(?:[^'\\]|\\.|'')*)'|(?<number>\d+)|(?<sign>!=|[=(),]))/y;

function tokensOf(text: string): readonly Token[] | undefined {
  const tokens: Token[] = [];
  const source = text.trimEnd();
  token.lastIndex = 0;
  while (token.lastIndex < source.length) {
    const groups = token.exec(source)?.groups;
    if (!groups) return undefined;
    const { word, quoted, number, sign } = groups;
    if (word !== undefined) tokens.push({ kind: "word", text: word });
    else if (quoted !== undefined) {
      tokens.push({ kind: "value", text: quoted.replace(/\\(.)|'(')/g, "$1$2") });
    } else if (number !== undefined) tokens.push({ kind: "value", text: number });
    else if (sign !== undefined) tokens.push({ kind: "sign", text: sign });
  }
  return tokens;
}
