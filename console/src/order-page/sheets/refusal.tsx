import { ApiError } from "../../api/fetch-json.ts";
import { locale, words } from "../../language/words.ts";
import { formatAgo } from "../../words/format-time.ts";
import { fieldWords } from "./field-words.ts";

interface RefusalProps {
  readonly error: Error | null;
  /** What the reader wrote, by field. */
  readonly yours?: Readonly<Record<string, string>> | undefined;
}

/** Why it could not be decided; when somebody else was faster, by whom, and how both would have it. */
export function Refusal({ error, yours = {} }: RefusalProps) {
  const { shell, conflict, decided } = words();
  const meanwhile = error instanceof ApiError ? error.meanwhile : undefined;
  if (!meanwhile) return <p role="alert">{error && shell.failed(error.message)}</p>;
  const known: Readonly<Record<string, string>> = decided;
  const did = known[meanwhile.what] ?? meanwhile.what;
  return (
    <div role="alert" className="conflict">
      <p>
        <strong>{conflict.happened(meanwhile.actor, did, ago(new Date(meanwhile.at)))}</strong>
      </p>
      {meanwhile.fields.map(({ field, now }) => (
        <p key={field}>
          {conflict.theirs(fieldWords(field).label, String(now ?? "–"))}
          {yours[field] !== undefined && yours[field] !== String(now ?? "") && (
            <>
              <br />
              {conflict.yours(fieldWords(field).label, yours[field] ?? "")}
            </>
          )}
        </p>
      ))}
      <p>{conflict.again}</p>
    </div>
  );
}

/** "20 seconds ago": here a minute is long. */
function ago(at: Date): string {
  const seconds = Math.round((at.getTime() - Date.now()) / 1000);
  if (seconds <= -60) return formatAgo(at, new Date());
  return new Intl.RelativeTimeFormat(locale(), { numeric: "auto" }).format(
    Math.min(0, seconds),
    "second",
  );
}
