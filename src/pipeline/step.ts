// An action in its place. `needs` is the only statement of importance: what waits for what.
import type { z } from "zod";
import type { Action, Call, Connection, Repeat } from "../connector-kit/action.ts";
import { ActionError } from "../connector-kit/action-error.ts";
import { attempt, type Outcome } from "../connector-kit/attempt.ts";
import { digestOf } from "../order/json.ts";
import type { Order } from "../order/order.ts";
import { withoutCustomer } from "./without-customer.ts";

export interface Step<Output = unknown> {
  /** Stored in the ledger for ever: rename the variable, never the string. */
  readonly name: string;
  readonly needs: readonly Step[];
  readonly action: string;
  readonly connection: Connection;
  readonly output: z.ZodType<Output>;
  readonly repeat: Repeat<unknown, unknown>["how"];
  /** Pure: what the attempt would do, from the order and the recorded outputs of the needed steps. */
  prepare(order: Order, outputs: Readonly<Record<string, unknown>>): Prepared;
}

/** A step whose input is known: ready to be previewed, claimed and attempted. */
export interface Prepared {
  readonly input: unknown;
  readonly digest: string;
  /** Attempts with the same value never run side by side. */
  readonly exclusive: string | undefined;
  /** Whether the attempt will go to the provider at all. */
  readonly needsProvider: boolean;
  /** A repeated attempt asks the provider before it changes anything. */
  readonly looksFirst: boolean;
  attempt(
    call: Call,
    isRepeat: boolean,
    looksOnly?: boolean,
    doubtMs?: number,
  ): Promise<Outcome<unknown>>;
  record(output: unknown): { readonly id: string; readonly isShared?: boolean };
  /** Ids of all foreign records of this change, by a look that changes nothing; undefined when nobody can look. */
  readonly find: ((call: Call) => Promise<readonly string[]>) | undefined;
}

type Needs = Readonly<Record<string, Step>>;
type ResultsOf<N extends Needs> = {
  readonly [K in keyof N]: N[K] extends Step<infer Output> ? Output : never;
};

export function step<Input, Output, N extends Needs = Record<never, Step>>(
  name: string,
  place: {
    readonly needs?: N;
    readonly action: Action<Input, Output>;
    readonly input: (order: Order, results: ResultsOf<N>) => Input;
  },
): Step<Output> {
  const { action } = place;
  const needs: Needs = place.needs ?? {};
  return {
    name,
    needs: Object.values(needs),
    action: action.name,
    connection: action.connection,
    output: action.output,
    repeat: action.repeat.how,
    prepare(order, outputs) {
      const results = Object.fromEntries(
        Object.entries(needs).map(([key, need]) => [key, need.output.parse(outputs[need.name])]),
      );
      // Each value was just parsed by the schema of the step it came from, which is what ResultsOf says.
      const input = place.input(order, results as ResultsOf<N>);
      return {
        input,
        digest: digestOf(input),
        exclusive: action.exclusive && `${action.connection.account}/${action.exclusive(input)}`,
        needsProvider: action.needsProvider?.(input) ?? true,
        looksFirst: action.repeat.how === "look-first",
        attempt: async (call, isRepeat, looksOnly, doubtMs) =>
          unnamed(await attempt(action, input, call, isRepeat, looksOnly, doubtMs), order),
        record: (output) => action.record(action.output.parse(output)),
        find: finder(action, input),
      };
    },
  };
}

function finder<Input, Output>(action: Action<Input, Output>, input: Input): Prepared["find"] {
  const { repeat, output, record } = action;
  if (repeat.how !== "look-first") return undefined;
  return async (call) =>
    (await repeat.find(input, call)).map((found) => record(output.parse(found)).id);
}

/** A failure travels further than the order does: into logs, alerts and other people's chats. */
function unnamed<Output>(outcome: Outcome<Output>, order: Order): Outcome<Output> {
  if (outcome.kind === "done") return outcome;
  const { verdict, message, failure } = outcome.error;
  return { ...outcome, error: new ActionError(verdict, withoutCustomer(message, order), failure) };
}
