// A wire that can be cut, or that swallows what is sent.
import { connect, createServer, type Server, type Socket } from "node:net";

export type WireState =
  | "passes"
  /** Connections break, new ones are refused. */
  | "cut"
  /** Nothing comes through; what was sent comes later. */
  | "stalls"
  /** Nothing comes through, nor ever will. */
  | "swallows";

export interface Wire {
  readonly port: number;
  set(state: WireState): Promise<void>;
  close(): Promise<void>;
}

interface Pair {
  readonly near: Socket;
  readonly far: Socket;
  isSpoilt: boolean;
}

export async function openWire(port: number, targetPort: number): Promise<Wire> {
  const pairs = new Set<Pair>();
  let state: WireState = "passes";
  const server = createServer({ allowHalfOpen: false }, (near) => {
    const far = connect(targetPort, "127.0.0.1");
    const pair: Pair = { near, far, isSpoilt: false };
    pairs.add(pair);
    join(pair, near, far);
    join(pair, far, near);
    if (state === "stalls") for (const end of [near, far]) end.pause();
  });

  function join(pair: Pair, from: Socket, to: Socket): void {
    from.setNoDelay(true);
    from.on("data", (chunk) => {
      if (state === "swallows") pair.isSpoilt = true;
      else if (!to.destroyed) to.write(chunk);
    });
    from.on("error", () => {});
    from.on("close", () => {
      pairs.delete(pair);
      // Half of a conversation that was swallowed must not be taken for its end.
      if (state === "swallows" || pair.isSpoilt) to.resetAndDestroy();
      else to.destroySoon();
    });
  }

  const breakAll = (isMeant: (pair: Pair) => boolean) => {
    for (const pair of [...pairs].filter(isMeant)) {
      pair.near.resetAndDestroy();
      pair.far.resetAndDestroy();
    }
  };
  await listen(server, port);
  return {
    port,
    async set(next) {
      const before = state;
      state = next;
      for (const { near, far } of pairs) {
        for (const end of [near, far]) next === "stalls" ? end.pause() : end.resume();
      }
      if (before === "swallows") breakAll(() => true);
      if (next === "cut") {
        server.close();
        breakAll(() => true);
      } else if (before === "cut") await listen(server, port);
    },
    async close() {
      server.close();
      breakAll(() => true);
    },
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.removeListener("error", reject);
      resolve();
    });
  });
}
