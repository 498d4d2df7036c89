import { words } from "../language/words.ts";
import { text, z } from "./jitless-zod.ts";

/** What went wrong, in a sentence that the page can show. */
export class ApiError extends Error {
  /** 0 when there was no answer. */
  readonly status: number;
  /** Who decided on the order while the reader looked at it. */
  readonly meanwhile: Meanwhile | undefined;

  constructor(status: number, message: string, meanwhile?: Meanwhile) {
    super(message);
    this.status = status;
    this.meanwhile = meanwhile;
  }
}

const meanwhileSchema = z.object({
  number: z.int(),
  actor: text(400),
  what: text(100),
  at: z.iso.datetime(),
  fields: z.array(
    z.object({ field: text(400), now: z.nullable(z.union([text(1000), z.number()])) }),
  ),
});
export type Meanwhile = Readonly<z.infer<typeof meanwhileSchema>>;

const refusal = z.object({ error: text(2000), meanwhile: z.optional(meanwhileSchema) });

export async function fetchJson<S extends z.ZodMiniType>(
  schema: S,
  path: string,
  init: RequestInit = {},
): Promise<z.output<S>> {
  const response = await fetch(path, init).catch((error: unknown) => {
    if (init.signal?.aborted) throw error;
    throw new ApiError(0, words().shell.noAnswer);
  });
  const body: unknown = await response.json().catch(() => undefined);
  if (!response.ok) {
    const { status } = response;
    const { error, meanwhile } = refusal.safeParse(body).data ?? {};
    throw new ApiError(status, error ?? words().shell.answered(status), meanwhile);
  }
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new ApiError(response.status, words().shell.strangeAnswer);
}

export function postJson<S extends z.ZodMiniType>(
  schema: S,
  path: string,
  body: unknown,
): Promise<z.output<S>> {
  const headers = { "content-type": "application/json" };
  return fetchJson(schema, path, { method: "POST", headers, body: JSON.stringify(body) });
}
