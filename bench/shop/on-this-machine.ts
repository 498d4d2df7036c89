// What all connectors of the benchmark's shop have in common: a provider on this machine that sets no limits.
import { z } from "zod";
import type { Action, Call } from "../../src/connector-kit/action.ts";
import { ActionError } from "../../src/connector-kit/action-error.ts";
import type { Connector, Wiring } from "../../src/connector-kit/connector.ts";
import {
  type HttpRequest,
  type HttpResponse,
  type Send,
  statusError,
} from "../../src/connector-kit/http.ts";
import type { RoleName, Roles } from "../../src/connector-kit/roles.ts";

/** All of them are reached by ORDNA_BENCH_URL. */
export const provider = "bench";

export function connector<Name extends RoleName>(
  role: Name,
  connect: (wiring: Wiring) => Roles[Name],
  secrets: Connector<Name>["secrets"] = {},
): Connector<Name> {
  return {
    role,
    provider,
    connection: {
      account: `${provider}:${role}`,
      limits: {},
      deadlineMs: 30_000,
      maxServerMs: 5_000,
      maxLagMs: 0,
    },
    secrets,
    hosts: { api: "http://127.0.0.1" },
    connect,
    check: async () => "A provider of the benchmark's own.",
    simulate: () => {
      throw new Error("The benchmark's providers are real processes: set ORDNA_BENCH_URL.");
    },
  };
}

/** Asks once; anything but 200 is an error with a verdict. */
export async function ask(
  { hosts }: Wiring,
  send: Send,
  path: string,
  request: Pick<HttpRequest, "body"> & Partial<HttpRequest> = {},
): Promise<HttpResponse> {
  const answer = await send({ method: "GET", url: `${hosts.api}${path}`, ...request });
  if (answer.status !== 200) throw statusError(answer, `${path} was answered ${answer.status}.`);
  return answer;
}

/** A change that the provider recognises by our key, so that repeating it is safe. */
export function change<Input, Output>(
  { connection }: Wiring,
  name: string,
  place: Pick<Action<Input, Output>, "output" | "run"> & { idOf(output: Output): string },
): Action<Input, Output> {
  return {
    name: `${provider}.${name}`,
    connection,
    output: place.output,
    repeat: { how: "safe" },
    record: (output) => ({ id: place.idOf(output) }),
    run: place.run,
  };
}

export function json(call: Call, body: unknown): Pick<HttpRequest, "method" | "headers" | "body"> {
  return {
    method: "POST",
    headers: { "content-type": "application/json", "idempotency-key": call.key },
    body: JSON.stringify(body),
  };
}

/** A role's action that the pipeline of the benchmark has no step for. */
export function unused<Input, Output>(wiring: Wiring, name: string): Action<Input, Output> {
  return change<Input, Output>(wiring, name, {
    output: z.never(),
    idOf: () => "",
    run: async () => {
      const message = "The benchmark's shop has no such step.";
      throw new ActionError("permanent", message, { cause: "config.invalid" });
    },
  });
}
