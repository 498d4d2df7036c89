// A simulator over real HTTP on loopback, so that time-outs and resets are real.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { ConnectionLost, type Simulator } from "../connector-kit/simulator.ts";

export interface Listening {
  readonly url: string;
  close(): Promise<void>;
}

/** Listens on the first free port from `firstPort`. */
export async function serveSimulator(
  simulator: Pick<Simulator, "fetch">,
  firstPort: number,
): Promise<Listening> {
  const server = createServer((incoming, outgoing) => {
    void answer(simulator, incoming, outgoing);
  });
  const port = await listen(server, firstPort);
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  simulator: Pick<Simulator, "fetch">,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  try {
    const response = await simulator.fetch(await asRequest(incoming));
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    outgoing.end(Buffer.from(await response.arrayBuffer()));
  } catch (error) {
    if (error instanceof ConnectionLost) {
      incoming.socket.destroy();
      return;
    }
    outgoing.writeHead(500, { "content-type": "text/plain" });
    outgoing.end(`The simulator failed: ${error instanceof Error ? error.stack : String(error)}`);
  }
}

async function asRequest(incoming: IncomingMessage): Promise<Request> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    for (const one of [value ?? []].flat()) headers.append(name, one);
  }
  const method = incoming.method ?? "GET";
  const hasBody = body.length > 0 && method !== "GET" && method !== "HEAD";
  return new Request(`http://${incoming.headers.host ?? "127.0.0.1"}${incoming.url ?? "/"}`, {
    method,
    headers,
    ...(hasBody ? { body } : {}),
  });
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EADDRINUSE" || port >= 32_000) return reject(error);
      resolve(listen(server, port + 1));
    });
    server.listen(port, "127.0.0.1", () => resolve(port));
  });
}
