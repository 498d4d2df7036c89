// For tests: a simulator behind real HTTP on this machine.
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { Simulator } from "../../connector-kit/simulator.ts";

export interface Served {
  readonly port: number;
  /** The headers of every request so far. */
  readonly heard: readonly IncomingMessage["headers"][];
  close(): void;
}

/** `under`: a path that is taken off, as a proxy does. */
export async function served(simulator: Pick<Simulator, "fetch">, under = ""): Promise<Served> {
  const heard: IncomingMessage["headers"][] = [];
  const server = createServer(async (req, res) => {
    heard.push(req.headers);
    const headers = new Headers(Object.entries(req.headers).map(([k, v]) => [k, String(v)]));
    const method = req.method ?? "GET";
    const url = `http://stripe.test${req.url?.replace(under, "")}`;
    const response = await simulator.fetch(new Request(url, { method, headers }));
    res.writeHead(response.status, Object.fromEntries(response.headers));
    res.end(await response.text());
  });
  const port = await listen(server);
  return {
    port,
    heard,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** A free port below 32768, so that nothing meets the system's own choice of ports. */
async function listen(server: ReturnType<typeof createServer>): Promise<number> {
  for (let port = 27_100; port < 27_200; port++) {
    const isOurs = await new Promise<boolean>((resolve) => {
      server.once("error", () => resolve(false));
      server.listen(port, "127.0.0.1", () => resolve(true));
    });
    const address = server.address() as AddressInfo | null; // A TCP server has no other kind.
    if (isOurs && address) return address.port;
  }
  throw new Error("No free port.");
}
