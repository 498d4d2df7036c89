// A small provider for tests: it holds records, messages and payments, and anything can go wrong with it.
import { z } from "zod";
import type { Action, Connection, Repeat } from "../connector-kit/action.ts";
import { bodyText, type HttpRequest, readJson, statusError } from "../connector-kit/http.ts";
import { type Collection, memoryKit, type Simulator } from "../connector-kit/simulator.ts";

interface Held {
  readonly kind: string;
  readonly id: string;
  readonly reference: string;
  readonly key: string;
}

/** POST always makes another record; PUT makes one for each key; GET finds by key. */
export function sampleOffice(): Simulator {
  const held: Collection<Held> = memoryKit().collection("held");
  const moods = new Set<string>();
  const make = (kind: string, { reference, key }: { reference: string; key: string }) => {
    const one: Held = { kind, id: `${kind}-${held.size + 1}`, reference, key };
    held.set(one.id, one);
    return Response.json(one, { status: 201 });
  };
  return {
    provider: "office",
    secrets: {},
    maxServerMs: 0,
    maxLagMs: 0,
    moods: {
      strict: "refuses every change: 422",
      mute: "does the work and never answers",
    },
    setMood: (name, isOn) => void (isOn ? moods.add(name) : moods.delete(name)),
    records: () => held.values().map((one) => ({ ...one, fields: { key: one.key } })),
    async fetch(request) {
      const [kind = "", id] = new URL(request.url).pathname.slice(1).split("/");
      const known = held.values().filter((one) => one.kind === kind && one.key === id);
      if (request.method === "GET") return Response.json(known);
      const wanted = z
        .object({ reference: z.string(), key: z.string() })
        .parse(await request.json());
      if (moods.has("strict")) return new Response("no such street", { status: 422 });
      const [first] = known;
      const isKnown = request.method === "PUT" && first;
      const answer = isKnown ? Response.json(first) : make(kind, wanted);
      return moods.has("mute") ? new Promise(() => {}) : answer;
    },
  };
}

export const officeConnection: Connection = {
  provider: "office",
  account: "office:1",
  simulated: true,
  limits: {},
  deadlineMs: 10_000,
  maxServerMs: 20_000,
  maxLagMs: 8_000,
};

/** 20 s, 8 s and a tenth of the 20 s: nobody looks before. */
export const officeSettleMs = 30_000;

const one = z.object({ id: z.string() });
type One = z.infer<typeof one>;

const url = (rest: string) => `https://office.example.com/${rest}`;

function refused(response: Parameters<typeof statusError>[0]) {
  return statusError(response, `The office said: ${bodyText(response)}.`);
}

/** Makes one record of `kind`, in one of the three ways in which a change can be repeated. */
export function officeAction(
  how: Repeat<unknown, unknown>["how"],
  overrides: Partial<Action<{ reference: string }, One>> = {},
): Action<{ reference: string }, One> {
  return {
    name: "office.record",
    connection: officeConnection,
    output: one,
    record: ({ id }) => ({ id }),
    repeat: repeatBy(how),
    async run({ reference }, { key, send }) {
      const body = JSON.stringify({ reference, key });
      const change: Pick<HttpRequest, "method" | "url"> =
        how === "safe"
          ? { method: "PUT", url: url(`record/${key}`) }
          : { method: "POST", url: url("record") };
      const response = await send({ ...change, body });
      if (response.status >= 300) throw refused(response);
      return readJson(response, one);
    },
    ...overrides,
  };
}

function repeatBy(how: Repeat<unknown, unknown>["how"]): Repeat<{ reference: string }, One> {
  if (how !== "look-first") return { how };
  return {
    how,
    async find(_input, { key, send }) {
      const response = await send({ method: "GET", url: url(`record/${key}`) });
      if (response.status >= 300) throw refused(response);
      return readJson(response, z.array(one));
    },
  };
}
