// The two clients that a shop may have: Node's global fetch, and undici's pool as Ordna has it.
import { Pool } from "undici";

export interface PlainRequest {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** Resolves to the answer's text; anything but 200 is an error. */
export type PlainHttp = (path: string, request?: PlainRequest) => Promise<string>;

export type HttpClient = "fetch" | "undici";

export function plainHttp(client: HttpClient, origin: string): PlainHttp {
  return client === "fetch" ? byFetch(origin) : byUndici(origin);
}

function byFetch(origin: string): PlainHttp {
  return async (path, request) => {
    const answer = await fetch(origin + path, request);
    if (!answer.ok) throw new Error(`${path} was answered ${answer.status}.`);
    return answer.text();
  };
}

function byUndici(origin: string): PlainHttp {
  const pool = new Pool(origin, { pipelining: 1, keepAliveTimeout: 30_000 });
  return async (path, request) => {
    const answer = await pool.request({ method: "GET", ...request, path });
    if (answer.statusCode !== 200) throw new Error(`${path} was answered ${answer.statusCode}.`);
    return answer.body.text();
  };
}
