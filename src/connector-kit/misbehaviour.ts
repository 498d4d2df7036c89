// Six ways in which any provider can go wrong, wrapped around a simulator.
import { ConnectionLost, type Simulator } from "./simulator.ts";

export const misbehaviours = {
  "refuse-connection": "nothing listens; nothing was done",
  "slow-down": "429 with Retry-After: 1; nothing was done",
  unavailable: "503; nothing was done",
  "lose-answer": "the work is done, the connection dies before the answer",
  "fail-after-work": "the work is done, the answer is 502",
  "garble-answer": "the work is done, the answer is an HTML page with status 200",
  "reshape-answer": "the work is done, the answer is JSON of another shape",
} as const;

export type Misbehaviour = keyof typeof misbehaviours;

export interface Fault {
  readonly how: Misbehaviour;
  /** How many requests it hits; Infinity until it is lifted. */
  times: number;
  /** Which requests; default: those that change something. */
  readonly when?: (request: Request, body: string) => boolean;
}

export interface MisbehavingSimulator extends Simulator {
  /** The result lifts this fault again. */
  misbehave(fault: Fault): () => void;
  behave(): void;
  /** Requests that a fault has hit so far. */
  readonly faultsServed: number;
}

export function misbehaving(simulator: Simulator): MisbehavingSimulator {
  let faults: Fault[] = [];
  let served = 0;

  async function fetch(request: Request): Promise<Response> {
    const body = request.body ? await request.clone().text() : "";
    const fault = faults.find((f) => f.times > 0 && (f.when ?? changesSomething)(request, body));
    if (!fault) return simulator.fetch(request);
    fault.times -= 1;
    served += 1;
    return serveFault(fault.how, () => simulator.fetch(request));
  }

  return {
    ...simulator,
    fetch,
    misbehave(fault) {
      faults.push(fault);
      return () => {
        faults = faults.filter((other) => other !== fault);
      };
    },
    behave: () => {
      faults = [];
    },
    get faultsServed() {
      return served;
    },
  };
}

const changesSomething = (request: Request) => request.method !== "GET";

async function serveFault(how: Misbehaviour, work: () => Promise<Response>): Promise<Response> {
  switch (how) {
    case "refuse-connection":
      throw new ConnectionLost(true);
    case "slow-down":
      return new Response("Too many requests", { status: 429, headers: { "retry-after": "1" } });
    case "unavailable":
      return new Response("Service unavailable", { status: 503 });
    case "lose-answer":
      await work();
      throw new ConnectionLost();
    case "fail-after-work":
      await work();
      return new Response("<html>Bad gateway</html>", { status: 502, headers: html });
    case "garble-answer":
      await work();
      return new Response("<html><h1>Please log in</h1></html>", { headers: html });
    case "reshape-answer":
      await work();
      return Response.json({ surprise: [{ ok: "perhaps" }] });
  }
}

const html = { "content-type": "text/html" };
