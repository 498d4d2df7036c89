// Turns a store's configuration into connected providers: real ones where there are keys, simulated ones elsewhere.
import type { Connection } from "../connector-kit/action.ts";
import type { Books } from "../connector-kit/books.ts";
import type { Connector, TokenStore, Wiring } from "../connector-kit/connector.ts";
import { isLoopbackHost, refusedHost } from "../connector-kit/reachable-host.ts";
import type { RoleName, Roles } from "../connector-kit/roles.ts";
import type { Simulator } from "../connector-kit/simulator.ts";
import type { Settings } from "../settings.ts";
import type { StoreConfig } from "./define-config.ts";
import { sharedLinks } from "./order-page.ts";

export const roleNames = [
  "payments",
  "crm",
  "worklist",
  "carrier",
  "accounting",
  "mail",
  "alerts",
  "files",
  "vatIds",
] as const satisfies readonly RoleName[];

/** A simulator that listens somewhere. */
export interface ServedSimulator {
  readonly simulator: Simulator;
  readonly url: string;
}

export interface ConnectedStore {
  readonly name: string;
  readonly config: StoreConfig;
  readonly roles: Roles;
  readonly wirings: Readonly<Record<RoleName, Wiring>>;
}

/** True when a simulator must stand in: the connector has secrets and none of them is set. */
export function isSimulated(connector: Connector<RoleName>, settings: Settings): boolean {
  const names = Object.values(connector.secrets).map((s) => s.env);
  return names.length > 0 && names.every((name) => settings.secret(name) === undefined);
}

/**
 * One sentence for each thing that keeps this store from starting. `isSettingUp`: what setting up can get may still be
 * missing.
 */
export function storeProblems(
  name: string,
  config: StoreConfig,
  settings: Settings,
  isSettingUp = false,
): string[] {
  const problems: string[] = [];
  const simulated: string[] = [];
  // What is wrong with a provider's variable shows only when it is read, which is here.
  const knownBefore = settings.problems.length;
  for (const role of roleNames) {
    const connector: Connector<RoleName> = config[role];
    const { provider } = connector;
    const names = Object.values(connector.secrets).map((s) => s.env);
    const missing = names.filter((env) => settings.secret(env) === undefined);
    const obtained = obtainedBySetUp(connector);
    const isObtainable = missing.every((env) => obtained.includes(env));
    if (isSimulated(connector, settings)) {
      simulated.push(`${provider} (${names.join(", ")})`);
      const set = optionalNames(connector).find((env) => settings.secret(env) !== undefined);
      if (set) problems.push(`${name}: ${set} is of no use without ${names.join(" and ")}.`);
    } else if (missing.length > 0 && !(isSettingUp && isObtainable)) {
      const way = isObtainable ? ` "ordna setup ${provider}" gets it.` : "";
      problems.push(
        `${name}: ${provider} needs ${missing.join(" and ")} too; set ${missing.length > 1 ? "them" : "it"}, or none of ${names.join(", ")} to simulate it.${way}`,
      );
    }
    const override = settings.hostOf(provider);
    const refusal = override && whyNoPlace(new URL(override));
    if (refusal) {
      problems.push(`${name}: ORDNA_${provider.toUpperCase()}_URL ${refusal}`);
    }
  }
  const key = Object.values(config.payments.secrets)
    .map((s) => settings.secret(s.env) ?? "")
    .find((value) => /^[sr]k_live_/.test(value));
  if (key !== undefined && simulated.length > 0) {
    problems.push(
      `${name}: Stripe is in live mode, so no provider may be simulated. Give the keys of ${simulated.join("; ")}; or use a Stripe test key.`,
    );
  }
  return [...settings.problems.slice(knownBefore), ...problems];
}

/** The variables of the secrets that `ordna setup` can get for this provider. */
export function obtainedBySetUp(connector: Connector<RoleName>): readonly string[] {
  return (connector.obtains ?? []).flatMap((name) => connector.secrets[name]?.env ?? []);
}

const optionalNames = ({ optionalSecrets }: Connector<RoleName>) =>
  Object.values(optionalSecrets ?? {}).map((s) => s.env);

/** Keys are sent there: to this machine on purpose, else encrypted, and never to a machine inside the house. */
function whyNoPlace(url: URL): string | undefined {
  const isHere = isLoopbackHost(url.hostname);
  if (url.protocol === "http:" && !isHere) return "must use https, or point to this machine.";
  const refusal = refusedHost(url, isHere);
  // The refusal names the address, which may hold a password.
  return refusal && "must be a provider's address: not inside this network, no user name in it.";
}

export function wireConnector(
  connector: Connector<RoleName>,
  settings: Settings,
  tokens: TokenStore,
  served?: ServedSimulator,
): Wiring {
  const override = served?.url ?? settings.hostOf(connector.provider);
  return {
    hosts: override ? mapValues(connector.hosts, () => override) : connector.hosts,
    secrets: served?.simulator.secrets ?? secretsOf(connector, settings),
    connection: connectionOf(connector, served?.simulator),
    tokens,
    linkTo: sharedLinks(settings.publicUrl),
    dataFolder: settings.dataFolder,
  };
}

export function wireStore(
  config: StoreConfig,
  settings: Settings,
  simulators: ReadonlyMap<Connector<RoleName>, ServedSimulator>,
  tokens: TokenStore,
  books?: Books,
): ConnectedStore["wirings"] {
  const wire = (connector: Connector<RoleName>): Wiring => ({
    ...wireConnector(connector, settings, tokens, simulators.get(connector)),
    books,
  });
  return {
    payments: wire(config.payments),
    crm: wire(config.crm),
    worklist: wire(config.worklist),
    carrier: wire(config.carrier),
    accounting: wire(config.accounting),
    mail: wire(config.mail),
    alerts: wire(config.alerts),
    files: wire(config.files),
    vatIds: wire(config.vatIds),
  };
}

export function connectStore(
  name: string,
  config: StoreConfig,
  settings: Settings,
  simulators: ReadonlyMap<Connector<RoleName>, ServedSimulator>,
  tokens: TokenStore,
  books?: Books,
): ConnectedStore {
  const wirings = wireStore(config, settings, simulators, tokens, books);
  const roles: Roles = {
    payments: config.payments.connect(wirings.payments),
    crm: config.crm.connect(wirings.crm),
    worklist: config.worklist.connect(wirings.worklist),
    carrier: config.carrier.connect(wirings.carrier),
    accounting: config.accounting.connect(wirings.accounting),
    mail: config.mail.connect(wirings.mail),
    alerts: config.alerts.connect(wirings.alerts),
    files: config.files.connect(wirings.files),
    vatIds: config.vatIds.connect(wirings.vatIds),
  };
  return { name, config, roles, wirings };
}

const simulatedDeadlineMs = 5000;

function connectionOf(
  connector: Connector<RoleName>,
  simulator: Simulator | undefined,
): Connection {
  const { connection, provider } = connector;
  if (!simulator) return { ...connection, provider, simulated: false };
  // A simulator is as fast as it says, so a lost answer is looked up in seconds instead of minutes.
  const { maxServerMs, maxLagMs } = simulator;
  const deadlineMs = Math.min(connection.deadlineMs, simulatedDeadlineMs);
  return { ...connection, provider, simulated: true, deadlineMs, maxServerMs, maxLagMs };
}

function secretsOf(connector: Connector<RoleName>, settings: Settings): Record<string, string> {
  const values: Record<string, string> = {};
  const wanted = { ...connector.optionalSecrets, ...connector.secrets };
  for (const [name, { env }] of Object.entries(wanted)) {
    const value = settings.secret(env);
    if (value !== undefined) values[name] = value;
  }
  return values;
}

function mapValues<T, U>(record: Readonly<Record<string, T>>, map: (value: T) => U) {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
