// Every secret that this process was given, so that none of them is ever told.
import type { Settings } from "../settings.ts";
import type { ConnectedStore } from "./connect-store.ts";

export function knownSecrets(
  stores: readonly Pick<ConnectedStore, "wirings">[],
  settings: Pick<Settings, "consoleKey" | "sealingKeys" | "databaseUrl" | "redisUrl">,
): string[] {
  const { consoleKey, sealingKeys, databaseUrl, redisUrl } = settings;
  const ofProviders = stores.flatMap(({ wirings }) =>
    Object.values(wirings).flatMap(({ secrets }) => Object.values(secrets)),
  );
  const passwords = [databaseUrl, redisUrl].flatMap((url) =>
    url ? [decodeURIComponent(new URL(url).password)] : [],
  );
  return [...ofProviders, ...passwords, consoleKey ?? "", ...sealingKeys].filter(
    (secret) => secret !== "",
  );
}
