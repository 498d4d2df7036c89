// The suite that every action owes: whatever goes wrong on the way, the provider holds exactly one record.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import type { Action, Call, Document, StoredFile } from "./action.ts";
import { attempt, type Outcome } from "./attempt.ts";
import { directSend } from "./direct-send.ts";
import {
  type MisbehavingSimulator,
  type Misbehaviour,
  misbehaving,
  misbehaviours,
} from "./misbehaviour.ts";
import type { Simulator } from "./simulator.ts";

export interface ConformanceCase<Input, Output> {
  readonly action: Action<Input, Output>;
  readonly input: Input;
  /** The same simulator that the action is wired to reaches through `send`. */
  readonly simulator: Simulator;
  /** Which requests the faults hit; default: the first that is not a GET. Name the one that makes the change. */
  readonly when?: (request: Request, body: string) => boolean;
  /** How many records of this change the provider holds. 1 after the first success, and for ever. */
  count(simulator: Simulator): number;
}

const worksAfterwards: readonly Misbehaviour[] = ["refuse-connection", "slow-down", "unavailable"];

/** What one action owes, ready to run: by `testAction`, or by `ordna conformance <file>`. */
export interface ConformanceSuite {
  readonly name: string;
  readonly tests: readonly { readonly name: string; run(): Promise<void> }[];
}

/** Registers the suite of an action with `node --test`. */
export function testAction<Input, Output>(name: string, setUp: SetUp<Input, Output>): void {
  registerSuite(conformanceSuite(name, setUp));
}

export function registerSuite(suite: ConformanceSuite): void {
  for (const { name, run } of suite.tests) test(name, run);
}

type SetUp<Input, Output> = () =>
  | ConformanceCase<Input, Output>
  | Promise<ConformanceCase<Input, Output>>;

/**
 * One test for the good day and one per misbehaviour. `setUp` makes a fresh simulator each time; time does not pass in
 * it, so its look-up lag must be 0 there.
 */
export function conformanceSuite<Input, Output>(
  name: string,
  setUp: SetUp<Input, Output>,
): ConformanceSuite {
  const hows = Object.keys(misbehaviours) as Misbehaviour[];
  return {
    name,
    tests: [
      {
        name: `${name}: done once, and its output is what the ledger keeps`,
        run: async () => assertDoneOnce(await setUp()),
      },
      ...hows.map((how) => ({
        name: `${name}: ${how} leaves exactly one record`,
        run: async () => assertOneRecord(await setUp(), how),
      })),
    ],
  };
}

async function assertDoneOnce<Input, Output>(c: ConformanceCase<Input, Output>): Promise<void> {
  const outcome = await attempt(c.action, c.input, callTo(misbehaving(c.simulator)), false);
  assert.equal(outcome.kind, "done", explain(outcome));
  assert.equal(c.count(c.simulator), 1, "records after one success");
  if (outcome.kind === "done") assert.ok(c.action.record(outcome.output).id);
}

async function assertOneRecord<Input, Output>(
  c: ConformanceCase<Input, Output>,
  how: Misbehaviour,
): Promise<void> {
  const simulator = misbehaving(c.simulator);
  simulator.misbehave({ how, times: 1, ...(c.when ? { when: c.when } : {}) });
  const outcomes = await persist(c, simulator);
  assert.equal(simulator.faultsServed, 1, "the fault must have hit a request");
  assert.equal(c.count(c.simulator), 1, `records after ${outcomes.map(explain).join(", ")}`);
  const last = outcomes.at(-1)?.kind;
  const isSettled =
    last === "done" || (last === "in-doubt" && c.action.repeat.how === "ask-operator");
  assert.ok(isSettled, outcomes.map(explain).join(", "));
  if (worksAfterwards.includes(how) && how !== "unavailable") {
    assert.equal(outcomes[0]?.kind, "retry", "surely nothing happened: say transient");
  }
}

/** Attempts as the worker does: until done, or a person is needed. */
async function persist<Input, Output>(
  c: ConformanceCase<Input, Output>,
  simulator: MisbehavingSimulator,
): Promise<Outcome<Output>[]> {
  const outcomes: Outcome<Output>[] = [];
  let isRepeat = false;
  for (let i = 0; i < 4; i++) {
    const outcome: Outcome<Output> = await attempt(c.action, c.input, callTo(simulator), isRepeat);
    outcomes.push(outcome);
    if (outcome.kind !== "retry" && outcome.kind !== "unknown") break;
    isRepeat ||= outcome.kind === "unknown";
  }
  return outcomes;
}

function explain(outcome: Outcome<unknown>): string {
  return outcome.kind === "done"
    ? `done via ${outcome.via}`
    : `${outcome.kind}: ${outcome.error.message}`;
}

/** A call as a test makes one; files are kept in memory. */
export function callTo(simulator: Pick<Simulator, "fetch">, overrides: Partial<Call> = {}): Call {
  const files = new Map<string, Uint8Array>();
  const key = overrides.key ?? "ABCDEFGHJK1234-test";
  return {
    reference: "ABCDEFGHJK1234",
    key,
    send: directSend(simulator),
    keep: async (document: Document): Promise<StoredFile> => {
      files.set(`${key}/${document.fileName}`, document.bytes);
      return {
        key: `${key}/${document.fileName}`,
        fileName: document.fileName,
        mediaType: document.mediaType,
        size: document.bytes.length,
        sha256: createHash("sha256").update(document.bytes).digest("hex"),
      };
    },
    open: async (file) => files.get(file.key) ?? new TextEncoder().encode("%PDF-1.4 test"),
    now: () => new Date("2026-11-23T12:00:00Z"),
    ...overrides,
  };
}
