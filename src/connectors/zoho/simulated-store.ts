// What the simulated organisation holds. Ids are strings of 19 digits: more than a JavaScript
// number can carry.
import type { Collection, SimulatorKit } from "../../connector-kit/simulator.ts";
import type { SimulatedModule } from "./simulated-metadata.ts";

export type Values = Readonly<Record<string, unknown>>;

export interface Stored {
  readonly id: string;
  readonly fields: Values;
  /** ISO, UTC. */
  readonly createdAt: string;
  readonly modifiedAt: string;
  /**
   * The automation that the writer asked for; undefined when it did not say: then everything runs.
   */
  readonly trigger?: readonly string[] | undefined;
}

export interface Store {
  all(module: SimulatedModule): readonly Stored[];
  get(module: SimulatedModule, id: string): Stored | undefined;
  add(module: SimulatedModule, fields: Values, trigger: readonly string[] | undefined): Stored;
  change(
    module: SimulatedModule,
    stored: Stored,
    fields: Values,
    trigger: readonly string[] | undefined,
  ): Stored;
}

/** `otherProduct`: the id of a product that was always there. */
export function store(kit: SimulatorKit, otherProduct?: string): Store {
  const modules: Readonly<Record<SimulatedModule, Collection<Stored>>> = {
    Contacts: kit.collection("contacts"),
    Deals: kit.collection("deals"),
    Notes: kit.collection("notes"),
    Products: kit.collection("products"),
    Sales_Orders: kit.collection("sales-orders"),
  };
  if (otherProduct !== undefined && !modules.Products.get(otherProduct)) {
    const time = kit.now().toISOString();
    const fields = { Product_Name: "Anything else" };
    modules.Products.set(otherProduct, {
      id: otherProduct,
      fields,
      createdAt: time,
      modifiedAt: time,
    });
  }
  const nextId = () => {
    const count = Object.values(modules).reduce((sum, { size }) => sum + size, 0);
    return `4820000000000${String(count + 1).padStart(6, "0")}`;
  };
  return {
    all: (module) => modules[module].values(),
    get: (module, id) => modules[module].get(id),
    add: (module, fields, trigger) => {
      const time = kit.now().toISOString();
      const times = { createdAt: time, modifiedAt: time };
      const stored = { id: nextId(), fields, ...times, ...(trigger ? { trigger } : {}) };
      modules[module].set(stored.id, stored);
      return stored;
    },
    change: (module, stored, fields, trigger) => {
      const changed = {
        ...stored,
        fields: { ...stored.fields, ...fields },
        modifiedAt: kit.now().toISOString(),
        ...(trigger ? { trigger } : {}),
      };
      modules[module].set(stored.id, changed);
      return changed;
    },
  };
}

/** Times carry the organisation's offset and no milliseconds: 2026-11-18T13:06:40+02:00. */
export function zohoTime(iso: string): string {
  const local = new Date(Date.parse(iso) + 2 * 3600_000);
  return `${local.toISOString().slice(0, 19)}+02:00`;
}

/** A record as it is read. */
export function asRead(stored: Stored, columns?: readonly string[]): Values {
  const whole: Values = {
    ...stored.fields,
    id: stored.id,
    Created_Time: zohoTime(stored.createdAt),
    Modified_Time: zohoTime(stored.modifiedAt),
  };
  if (!columns) return whole;
  return Object.fromEntries([...new Set([...columns, "id"])].map((c) => [c, whole[c] ?? null]));
}
