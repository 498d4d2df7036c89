import { words } from "../language/words.ts";
import { text, z } from "./jitless-zod.ts";

/** What went wrong, in a sentence that the page can show. */
export class ApiError extends Error {
  /** 0 when there was no answer. */
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const refusal = z.object({ error: text(2000) });

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
    throw new ApiError(
      status,
      refusal.safeParse(body).data?.error ?? words().shell.answered(status),
    );
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
