// A shop wired to a simulated Airtable, for the tests of this folder.
import { callTo } from "../../connector-kit/conformance.ts";
import { type Connector, secret, type Wiring } from "../../connector-kit/connector.ts";
import { directSend } from "../../connector-kit/direct-send.ts";
import type { Send } from "../../connector-kit/http.ts";
import { memoryKit, type Simulator } from "../../connector-kit/simulator.ts";
import { type AirtableOptions, airtable } from "./connector.ts";
import type { SimulatedBase } from "./simulated-base.ts";
import { airtableSimulator } from "./simulator.ts";

export function airtableShop(
  options: Partial<AirtableOptions> = {},
  world: {
    readonly now?: () => Date;
    readonly base?: SimulatedBase;
    /** Where people reach Ordna; default: nowhere but on this machine. */
    readonly publicUrl?: string;
  } = {},
) {
  const connector = airtable({
    token: secret("AIRTABLE_TOKEN"),
    baseId: "appSimulated00001",
    tableId: "Orders",
    ...options,
  });
  const kit = memoryKit(world.now);
  const simulator = world.base ? airtableSimulator(kit, world.base) : connector.simulate(kit);
  const { publicUrl } = world;
  const wiring: Wiring = {
    ...wiringTo(simulator, connector),
    linkTo: (reference) => publicUrl && `${publicUrl}/orders/${reference}`,
  };
  const call = callTo(simulator);
  return {
    simulator,
    call,
    worklist: connector.connect(wiring),
    setUp: () => setUp(connector, wiring, directSend(simulator)),
    check: () => connector.check(wiring, directSend(simulator)),
    ask: ask(simulator),
  };
}

/** What is found, and how to mend all of it, one after the other. */
async function setUp(connector: Connector<"worklist">, wiring: Wiring, send: Send) {
  const findings = (await connector.setUp?.(wiring, send, async () => undefined)) ?? [];
  const mendAll = async () => {
    const done: string[] = [];
    for (const { mend } of findings) if (mend) done.push(await mend());
    return done;
  };
  return { found: findings.map(({ sentence }) => sentence), mendAll };
}

function wiringTo(simulator: Simulator, connector: ReturnType<typeof airtable>): Wiring {
  return {
    hosts: { api: "http://127.0.0.1:9" },
    secrets: simulator.secrets,
    connection: { provider: "airtable", simulated: true, ...connector.connection },
    tokens: { read: async () => undefined, write: async () => true },
  };
}

/** What another program, or a person in the browser, does with the same base. */
function ask(simulator: Simulator) {
  return (method: string, path: string, body?: unknown): Promise<Response> => {
    const headers = { authorization: `Bearer ${simulator.secrets.token}` };
    const init = { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) };
    return simulator.fetch(new Request(`http://127.0.0.1:9${path}`, init));
  };
}
