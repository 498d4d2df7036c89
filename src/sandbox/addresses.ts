// Where the simulators of this data folder listen: a worker in another process works in the same world.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Connector } from "../connector-kit/connector.ts";
import type { RoleName } from "../connector-kit/roles.ts";
import { memoryKit } from "../connector-kit/simulator.ts";
import type { Settings } from "../settings.ts";
import { isSimulated, roleNames, type ServedSimulator } from "../shop/connect-store.ts";
import type { Config } from "../shop/define-config.ts";

const addressesSchema = z.record(z.string(), z.url());

const fileIn = (settings: Settings) => join(settings.dataFolder, "sandbox", "addresses.json");
const nameOf = (store: string, provider: string) => `${store}/${provider}`;

interface Placed {
  readonly store: string;
  readonly url: string;
  readonly simulator: { readonly provider: string };
}

export function writeAddresses(
  settings: Settings,
  simulators: ReadonlyMap<Connector<RoleName>, Placed>,
): void {
  const addresses = [...simulators.values()].map(({ store, simulator, url }) => [
    nameOf(store, simulator.provider),
    url,
  ]);
  if (addresses.length === 0) return;
  mkdirSync(join(settings.dataFolder, "sandbox"), { recursive: true });
  writeFileSync(fileIn(settings), JSON.stringify(Object.fromEntries(addresses), null, 2));
}

/** The simulators that another process serves. Throws a sentence when one is needed and nobody does. */
export function sandboxElsewhere(
  config: Config,
  settings: Settings,
): ReadonlyMap<Connector<RoleName>, ServedSimulator> {
  const file = fileIn(settings);
  const known = existsSync(file)
    ? addressesSchema.parse(JSON.parse(readFileSync(file, "utf8")))
    : {};
  const simulators = new Map<Connector<RoleName>, ServedSimulator>();
  for (const [store, shop] of Object.entries(config.stores)) {
    for (const role of roleNames) {
      const connector: Connector<RoleName> = shop[role];
      if (!isSimulated(connector, settings)) continue;
      const url = known[nameOf(store, connector.provider)];
      if (url === undefined) {
        throw new Error(
          `${connector.provider} is simulated by the web process: start "ordna serve --role web" with the same ORDNA_DATA first, or give its keys.`,
        );
      }
      // Only its credentials and its pace are used here; what it holds lives in the other process.
      simulators.set(connector, { url, simulator: connector.simulate(memoryKit()) });
    }
  }
  return simulators;
}
