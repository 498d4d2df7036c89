// Where an order is: its steps, grouped as a shop sees them.
import type { Step } from "../api/order-schema.ts";
import { words } from "../language/words.ts";
import { firstName } from "./step-words.ts";

export interface Lane {
  readonly name: string;
  readonly steps: readonly Step[];
}

type LaneKey = keyof ReturnType<typeof words>["orders"]["lanes"];

const lanes: readonly { readonly key: LaneKey; readonly steps: readonly string[] }[] = [
  { key: "check", steps: ["vat-id", "check"] },
  { key: "crm", steps: ["contact", "deal", "deal-update"] },
  { key: "production", steps: ["production-row", "production-update"] },
  { key: "parcel", steps: ["booking", "label", "return-booking", "return-label"] },
  {
    key: "invoice",
    steps: ["accounting-customer", "invoice", "payment", "invoice-pdf", "credit-note"],
  },
  { key: "mail", steps: ["confirmation", "invoice-copy"] },
];

const known = new Set(lanes.flatMap(({ steps }) => steps));

/** Lanes that have no step in this order are left out; steps of no lane stand in a last one. */
export function lanesOf(steps: readonly Step[]): readonly Lane[] {
  const names = words().orders.lanes;
  const inLanes = lanes.map(({ key, steps: wantedNames }) => ({
    name: names[key],
    steps: wantedNames.flatMap((wanted) => steps.filter(({ name }) => firstName(name) === wanted)),
  }));
  const others = steps.filter(({ name }) => !known.has(firstName(name)));
  return [...inLanes, { name: names.other, steps: others }].filter((lane) => lane.steps.length > 0);
}

/** The lane of a step: "Invoice" for "payment". */
export function laneName(step: string): string {
  const lane = lanes.find(({ steps }) => steps.includes(firstName(step)));
  return words().orders.lanes[lane?.key ?? "other"];
}

/** The lanes that stand still until `step` is done. */
export function lanesWaitingFor(step: string, steps: readonly Step[]): readonly string[] {
  const held = new Set([step]);
  for (const name of held) {
    for (const other of steps) if (other.needs.includes(name)) held.add(other.name);
  }
  held.delete(step);
  const names = lanesOf(steps.filter(({ name }) => held.has(name))).map(({ name }) => name);
  return names.filter((name) => name !== laneName(step));
}
