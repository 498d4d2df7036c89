// A provider of the witness: the simulator, everything that can go wrong with it, and what it wrote into the log.
import { type MisbehavingSimulator, misbehaving } from "../../src/connector-kit/misbehaviour.ts";
import { ConnectionLost, type Simulator } from "../../src/connector-kit/simulator.ts";
import { lagMs } from "./chaos-config.ts";
import type { LaggingKit } from "./lagging-kit.ts";
import type { Mischief } from "./strikes.ts";

export interface Mischievous extends Simulator {
  begin(mischief: Mischief): void;
  /** From now on it behaves. What was sent before may still take effect. */
  behave(): void;
  /** How often it went wrong. */
  readonly mischiefs: number;
}

export interface MischiefOptions {
  readonly kit: LaggingKit;
  /** After every request that reached the simulator, before its answer leaves. */
  readonly onWork: () => void;
  /** After each request, with what became of it. */
  readonly onAnswer: (request: Request, body: string, answer: string) => void;
}

export function mischievous(raw: Simulator, options: MischiefOptions): Mischievous {
  const { kit, onWork, onAnswer } = options;
  let late = 0;
  let stale = 0;
  let own = 0;
  const worked = async (request: Request) => {
    try {
      return await raw.fetch(request);
    } finally {
      onWork();
    }
  };

  async function fetch(request: Request): Promise<Response> {
    if (isChange(request) && late > 0) {
      late -= 1;
      own += 1;
      // What is in hand is carried out, although nobody waits for it any more.
      setTimeout(() => void worked(request).catch(() => {}), lateMs(raw));
      throw new ConnectionLost();
    }
    if (stale === 0 || !isIndexed(request)) return worked(request);
    const { seen, isStale } = await kit.staleLook(lagMs * 0.8, () => worked(request));
    if (isStale) {
      stale -= 1;
      own += 1;
    }
    return seen;
  }

  const simulator: MisbehavingSimulator = misbehaving({ ...raw, fetch });
  return {
    ...raw,
    fetch: (request) => told(simulator, request, onAnswer),
    begin({ kind, times, hits }) {
      if (kind === "late-effect") late += times;
      else if (kind === "stale-look") stale += times;
      else {
        const when = (request: Request) => isChange(request) === (hits === "changes");
        simulator.misbehave({ how: kind, times, when });
      }
    },
    behave() {
      late = 0;
      stale = 0;
      simulator.behave();
    },
    get mischiefs() {
      return own + simulator.faultsServed;
    },
  };
}

/** An index may lag; a record that is asked for by its own id may not. */
const isIndexed = ({ method, url }: Request) =>
  method === "GET" && /list\.nv\b|\/trackandtrace\/|\/events\b/.test(url);

const isChange = (request: Request) => request.method !== "GET";

/** Within what the connection says to be the longest, with some room for a busy machine. */
const lateMs = ({ maxServerMs }: Simulator) =>
  Math.max(maxServerMs, 600) * (0.2 + Math.random() * 0.6);

async function told(
  simulator: Simulator,
  request: Request,
  onAnswer: MischiefOptions["onAnswer"],
): Promise<Response> {
  const body = request.body ? await request.clone().text() : "";
  try {
    const response = await simulator.fetch(request);
    onAnswer(request, body, String(response.status));
    return response;
  } catch (thrown) {
    onAnswer(request, body, thrown instanceof ConnectionLost ? thrown.message : String(thrown));
    throw thrown;
  }
}
