import type { Server } from "node:http";
import { createAdaptorServer } from "@hono/node-server";
import type { Hono } from "hono";

export interface Listener {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves with bounds on what a slow or large client can hold. Rejects when the port is taken. */
export async function listen(app: Hono, host: string, port: number): Promise<Listener> {
  // createAdaptorServer makes a plain http.Server unless it is given another factory.
  const server = createAdaptorServer({
    fetch: app.fetch,
    serverOptions: {
      headersTimeout: 5000,
      requestTimeout: 15_000,
      maxHeaderSize: 16 * 1024,
      connectionsCheckingInterval: 2000,
    },
  }) as Server;
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const isTaken = error.code === "EADDRINUSE";
      reject(
        isTaken
          ? new Error(
              `Port ${port} is taken. Is Ordna running already? Set ORDNA_PORT to use another.`,
            )
          : error,
      );
    });
    server.listen(port, host, resolve);
  });
  const address = server.address();
  const actual = typeof address === "object" && address ? address.port : port;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${actual}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
        // Pages listen for ever; they come back by themselves.
        setTimeout(() => server.closeAllConnections(), 500).unref();
      }),
  };
}
