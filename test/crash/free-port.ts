import { createServer } from "node:net";

/** A port that nothing uses now, below those that the system hands out by itself. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < 100; tries++) {
    const port = 20_000 + Math.floor(Math.random() * 11_000);
    if (await isFree(port)) return port;
  }
  throw new Error("No free port was found between 20000 and 31000.");
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
