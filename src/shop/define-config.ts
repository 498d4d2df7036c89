// The shape of `ordna.config.ts`: the file to read first.
import { isEmail } from "../address/email.ts";
import type { Connector } from "../connector-kit/connector.ts";
import type { Roles } from "../connector-kit/roles.ts";
import type { Pipeline } from "../pipeline/pipeline.ts";
import type { StaffMail } from "../worker/world.ts";
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
  /** Alerts by e-mail, through `mail`, beside what `alerts` tells; absent: none. */
  readonly staffMail?: StaffMail;
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
  for (const [name, store] of Object.entries(config.stores))
    refuseWrongStaffMail(name, store.staffMail);
  return config;
}

function refuseWrongStaffMail(store: string, staffMail: StaffMail | undefined): void {
  if (!staffMail) return;
  const { receivers, quiet } = staffMail;
  if (receivers.length === 0) throw new RangeError(`${store}: staffMail has no receivers.`);
  for (const { email } of receivers) {
    if (!isEmail(email))
      throw new RangeError(`${store}: staffMail: "${email}" is no e-mail address.`);
  }
  for (const time of quiet ? [quiet.from, quiet.until] : []) {
    if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(time)) {
      throw new RangeError(`${store}: staffMail.quiet: "${time}" is no time such as "21:00".`);
    }
  }
}
