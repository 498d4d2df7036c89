// The shape of `ordna.config.ts`: the file to read first.
import type { Connector } from "../connector-kit/connector.ts";
import type { Roles } from "../connector-kit/roles.ts";
import type { Pipeline } from "../pipeline/pipeline.ts";
import { type Retention, retentionOf } from "./retention.ts";
import type { Seller } from "./seller.ts";

export interface StoreConfig {
  readonly seller: Seller;
  readonly payments: Connector<"payments">;
  readonly crm: Connector<"crm">;
  readonly worklist: Connector<"worklist">;
  readonly carrier: Connector<"carrier">;
  readonly accounting: Connector<"accounting">;
  readonly mail: Connector<"mail">;
  readonly alerts: Connector<"alerts">;
  readonly files: Connector<"files">;
  readonly vatIds: Connector<"vatIds">;
  /** What happens to an order, from its connected providers. */
  readonly pipelines: (roles: Roles, seller: Seller) => readonly Pipeline[];
}

export interface Config {
  /** By name: it stands in the webhook's address, /webhooks/stripe/<name>. */
  readonly stores: Readonly<Record<string, StoreConfig>>;
  /** How many days letters, labels, customers' data and invoices are kept; see docs/privacy.md. */
  readonly retention?: Partial<Retention>;
}

export function defineConfig(config: Config): Config {
  const names = Object.keys(config.stores);
  if (names.length === 0) throw new RangeError("ordna.config.ts defines no store.");
  for (const name of names) {
    if (!/^[a-z][a-z0-9-]{0,39}$/.test(name)) {
      throw new RangeError(`"${name}" is no store name: a-z, 0-9 and hyphens, at most 40.`);
    }
  }
  retentionOf(config.retention);
  return config;
}
