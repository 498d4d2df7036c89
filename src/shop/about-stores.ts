// What the page tells of the configuration: the provider accounts and the pipelines. No secret is in it.
import { createHash } from "node:crypto";
import { type ConnectedStore, roleNames } from "./connect-store.ts";

interface Account {
  readonly account: string;
  readonly provider: string;
  readonly stores: string[];
  readonly roles: string[];
  readonly isSimulated: boolean;
  readonly limits: { readonly concurrent?: number; readonly perSecond?: number };
}

export function aboutStores(stores: readonly ConnectedStore[], publicUrl: string) {
  return {
    accounts: accountsOf(stores),
    pipelines: stores.flatMap(pipelinesOf),
    stores: stores.map(({ name, config: { seller, payments } }) => ({
      store: name,
      shopName: seller.name,
      timeZone: seller.timeZone,
      country: seller.vat.country,
      vatNumber: seller.vat.vatId ?? null,
      isInOss: seller.vat.isInOss,
      webhook: `${publicUrl}/webhooks/${payments.provider}/${name}`,
    })),
  };
}

/** Of the accounts with keys of their own; from a digest nobody reads them. */
export function credentialsOf(stores: readonly ConnectedStore[]) {
  const credentials = new Map<string, string>();
  for (const { wirings } of stores) {
    for (const role of roleNames) {
      const { connection, secrets } = wirings[role];
      const values = Object.entries(secrets).sort(([a], [b]) => (a < b ? -1 : 1));
      if (connection.simulated || values.length === 0) continue;
      const digest = createHash("sha256").update(JSON.stringify(values)).digest("hex");
      credentials.set(connection.account, digest);
    }
  }
  return [...credentials].map(([account, fingerprint]) => ({ account, fingerprint }));
}

/** Two stores may share an account. */
function accountsOf(stores: readonly ConnectedStore[]): Account[] {
  const accounts = new Map<string, Account>();
  for (const { name, wirings } of stores) {
    for (const role of roleNames) {
      const { account, provider, simulated, limits } = wirings[role].connection;
      const known = accounts.get(account) ?? {
        account,
        provider,
        stores: [],
        roles: [],
        isSimulated: simulated,
        limits,
      };
      if (!known.stores.includes(name)) known.stores.push(name);
      if (!known.roles.includes(role)) known.roles.push(role);
      accounts.set(account, known);
    }
  }
  return [...accounts.values()];
}

function pipelinesOf({ name, config, roles }: ConnectedStore) {
  return config.pipelines(roles, config.seller).map(({ trigger, steps }) => ({
    store: name,
    trigger,
    steps: steps.map((step) => ({
      name: step.name,
      provider: step.connection.provider,
      needs: step.needs.map((need) => need.name),
      repeat: step.repeat,
      deadlineMs: step.connection.deadlineMs,
    })),
  }));
}
