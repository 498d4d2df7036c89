// Stands before a simulated provider and answers in its place when it is told to: the hostile side of a conversation.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Simulator } from "../../src/connector-kit/simulator.ts";

export interface Asked {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Lie {
  /** Which requests it hits. */
  readonly when: (asked: Asked) => boolean;
  /** How many it hits. */
  times: number;
  /** The provider does what it was asked, and only the answer is another. */
  readonly isAfterWork?: boolean;
  readonly answer: (asked: Asked, honest: string) => Answer;
}

export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Writes the body itself, for as long as it likes. */
  readonly write?: (response: ServerResponse) => void;
}

export interface Impostor {
  readonly url: string;
  readonly asked: readonly Asked[];
  lie(lie: Lie): Lie;
  close(): Promise<void>;
}

export async function impostor(
  simulator: Pick<Simulator, "fetch">,
  firstPort: number,
): Promise<Impostor> {
  const lies: Lie[] = [];
  const heard: Asked[] = [];
  const server = createServer((incoming, outgoing) => {
    handle(incoming, outgoing).catch(() => incoming.socket.destroy());
  });

  async function handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const bytes = Buffer.concat(chunks);
    const { method = "GET", url = "/" } = incoming;
    const headers = Object.fromEntries(
      Object.entries(incoming.headers).map(([name, value]) => [name, [value].flat().join(", ")]),
    );
    const asked = { method, path: url, headers, body: bytes.toString("utf8") };
    heard.push(asked);
    const lie = lies.find((one) => one.times > 0 && one.when(asked));
    if (lie) lie.times -= 1;
    const honest = async () => {
      const hasBody = bytes.length > 0 && method !== "GET";
      return simulator.fetch(
        new Request(`http://${incoming.headers.host}${url}`, {
          method,
          headers,
          ...(hasBody ? { body: bytes } : {}),
        }),
      );
    };
    if (!lie) return pass(await honest(), outgoing);
    const truth = lie.isAfterWork ? await (await honest()).text() : "";
    give(lie.answer(asked, truth), outgoing);
  }

  const port = await listen(server, firstPort);
  return {
    url: `http://127.0.0.1:${port}`,
    asked: heard,
    lie(lie) {
      lies.push(lie);
      return lie;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function pass(response: Response, outgoing: ServerResponse): Promise<void> {
  const bytes = Buffer.from(await response.arrayBuffer());
  outgoing.writeHead(response.status, Object.fromEntries(response.headers)).end(bytes);
}

function give(answer: Answer, outgoing: ServerResponse): void {
  outgoing.writeHead(answer.status ?? 200, { ...answer.headers });
  if (answer.write) answer.write(outgoing);
  else outgoing.end(answer.body ?? "");
}

function listen(server: ReturnType<typeof createServer>, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EADDRINUSE" || port >= 32_000) return reject(error);
      resolve(listen(server, port + 1));
    });
    server.listen(port, "127.0.0.1", () => resolve(port));
  });
}
