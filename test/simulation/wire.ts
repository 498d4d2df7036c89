// Between a process and a provider: one request, at most one answer, and everything that may happen to both.
import { noAnswer } from "../../src/connector-kit/direct-send.ts";
import type { HttpRequest, HttpResponse } from "../../src/connector-kit/http.ts";
import type { World } from "../../src/worker/world.ts";
import type { Crowd } from "./crowd.ts";
import type { FaultKind } from "./faults.ts";
import { type ForeignWorld, keyOf, type ProviderHabits, referenceOf } from "./foreign-world.ts";
import type { Life, Scene } from "./simulated-process.ts";

/** Keeps the promises of the real `send`: nothing leaves once the time is used up, and nobody waits longer. */
export function wire(
  scene: Scene,
  life: Life,
  foreign: ForeignWorld,
  crowd: Crowd,
  habitsOf: (account: string) => ProviderHabits,
): World["sendUntil"] {
  return (account, msLeft) => (request) =>
    new Promise((resolve, reject) => {
      if (life.isOver) return;
      const leftMs = msLeft();
      if (leftMs <= 0) return reject(noAnswer(request, true, ": the time is used up"));
      const { story } = scene;
      const reference = referenceOf(keyOf(request));
      story.tell(life.process, reference, () => `sends ${request.method} ${request.url}`);
      const habits = habitsOf(account);
      const back = crowd.depart(life, habits, keyOf(request), leftMs);
      let isOver = false;
      const hear = (ms: number, settle: () => void) =>
        life.after(ms, () => {
          if (isOver) return;
          isOver = true;
          back();
          settle();
        });
      hear(leftMs, () => {
        story.tell(life.process, reference, () => "stops waiting for the answer");
        reject(noAnswer(request, false, " in time"));
      });
      const way: Way = {
        scene,
        habits,
        foreign,
        request,
        reference,
        answer: (ms, status, body, headers = {}) =>
          hear(ms, () => resolve(respond(request, status, body, headers))),
        drop: (ms, isRefused) => hear(ms, () => reject(noAnswer(request, isRefused))),
      };
      if (request.method === "GET") carryLook(way);
      else carryChange(way);
    });
}

interface Way {
  readonly scene: Scene;
  readonly habits: ProviderHabits;
  readonly foreign: ForeignWorld;
  readonly request: HttpRequest;
  readonly reference: string;
  answer(ms: number, status: number, body: unknown, headers?: Record<string, string>): void;
  drop(ms: number, isRefused: boolean): void;
}

const json = { "content-type": "application/json" };

function respond(
  request: HttpRequest,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>>,
): HttpResponse {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return { status, headers: { ...json, ...headers }, body: Buffer.from(text), request };
}

function carryLook(way: Way): void {
  const { time, random, faults } = way.scene;
  const thereMs = 10 + random() * 200;
  const backMs = 10 + random() * 200;
  if (refusedAtTheDoor(way, thereMs + backMs)) return;
  if (faults.strikes("look-fails")) {
    if (random() < 0.5) way.drop(thereMs + backMs, false);
    else way.answer(thereMs + backMs, 502, "<html>Bad gateway</html>");
    return;
  }
  const slowMs = faults.strikes("slow") ? random() * 2 * way.habits.deadlineMs : 0;
  time.after(thereMs, () => {
    const shown = way.foreign.look(keyOf(way.request));
    way.scene.story.tell(
      way.habits.account,
      way.reference,
      () => `shows ${shown.length} of ${keyOf(way.request)}`,
    );
    way.answer(
      backMs + slowMs,
      200,
      shown.map(({ id }) => ({ id })),
    );
  });
}

/** Refused before anything was done. */
function refusedAtTheDoor(way: Way, ms: number): boolean {
  const { random, faults, story } = way.scene;
  const possible = way.habits.isNeverRejecting ? passing : refusals;
  const refusal = possible.find(({ kind }) => faults.strikes(kind));
  if (!refusal) return false;
  story.tell(way.habits.account, way.reference, () => `refuses: ${refusal.kind}`);
  if (refusal.status === undefined) way.drop(ms, true);
  else if (refusal.status === 429)
    way.answer(ms, 429, "", { "retry-after": String(Math.ceil(random() * 30)) });
  else way.answer(ms, refusal.status, "No.");
  return true;
}

const refusals: readonly { readonly kind: FaultKind; readonly status?: number }[] = [
  { kind: "refused" },
  { kind: "slow-down", status: 429 },
  { kind: "unavailable", status: 503 },
  { kind: "key-refused", status: 401 },
  { kind: "rejected", status: 422 },
];

const passing = refusals.filter(({ kind }) => kind !== "rejected");

function carryChange(way: Way): void {
  const { time, random, faults, story } = way.scene;
  const { habits, foreign } = way;
  const key = keyOf(way.request);
  foreign.ask(key);
  const thereMs = 10 + random() * 200;
  const backMs = 10 + random() * 200;
  const whenMade = (ms: number, then: (id: string) => void) =>
    time.after(ms, () => then(foreign.make(habits, key).id));
  const tell = (kind: FaultKind) =>
    story.tell(habits.account, way.reference, () => `will be: ${kind}`);
  if (refusedAtTheDoor(way, thereMs + backMs)) return;
  const kind = changeFaults.find((one) => faults.strikes(one));
  if (kind) tell(kind);
  switch (kind) {
    case "never-done":
      way.drop(thereMs + backMs, false);
      break;
    case "lost-answer":
      whenMade(thereMs, () => way.drop(backMs, false));
      break;
    case "fails-after-work":
      whenMade(thereMs, () => way.answer(backMs, 502, "<html>Bad gateway</html>"));
      break;
    case "garbled":
      whenMade(thereMs, () => way.answer(backMs, 200, "<html>Please log in</html>"));
      break;
    case "late-effect":
      // The client may hear at once that the connection broke, or nothing at all; the work goes on at the provider.
      if (random() < 0.5) way.drop(thereMs + backMs, false);
      whenMade(random() * habits.maxServerMs, (id) => way.answer(backMs, 201, { id }));
      break;
    case "slow":
      whenMade(thereMs, (id) => way.answer(backMs + random() * 2 * habits.deadlineMs, 201, { id }));
      break;
    default:
      whenMade(thereMs, (id) => way.answer(backMs, 201, { id }));
  }
}

const changeFaults = [
  "never-done",
  "lost-answer",
  "fails-after-work",
  "garbled",
  "late-effect",
  "slow",
] as const satisfies readonly FaultKind[];
