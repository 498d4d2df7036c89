// Where an order is: its steps, grouped as a shop sees them.
import type { Step } from "../api/order-schema.ts";

export interface Lane {
  readonly name: string;
  readonly steps: readonly Step[];
}

const lanes: readonly { readonly name: string; readonly steps: readonly string[] }[] = [
  { name: "Payment check", steps: ["check"] },
  { name: "CRM", steps: ["contact", "deal", "deal-update"] },
  { name: "Production", steps: ["production-row", "production-update"] },
  { name: "Parcel", steps: ["booking", "label"] },
  { name: "Invoice", steps: ["accounting-customer", "invoice", "payment", "invoice-pdf"] },
  { name: "E-mail", steps: ["confirmation"] },
];

const known = new Set(lanes.flatMap(({ steps }) => steps));

/** Lanes that have no step in this order are left out; steps of no lane stand in a last one. */
export function lanesOf(steps: readonly Step[]): readonly Lane[] {
  const inLanes = lanes.map(({ name, steps: names }) => ({
    name,
    steps: names.flatMap((wanted) => steps.filter((step) => step.name === wanted)),
  }));
  const others = steps.filter(({ name }) => !known.has(name));
  return [...inLanes, { name: "Other", steps: others }].filter((lane) => lane.steps.length > 0);
}

/** The lane of a step: "Invoice" for "payment". */
export function laneName(step: string): string {
  return lanes.find(({ steps }) => steps.includes(step))?.name ?? "Other";
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
