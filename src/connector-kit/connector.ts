// What a shop's configuration holds for each provider, and what it becomes when it is wired.
import type { Connection } from "./action.ts";
import type { Books } from "./books.ts";
import type { Send } from "./http.ts";
import type { RoleName, Roles } from "./roles.ts";
import type { Simulator, SimulatorKit } from "./simulator.ts";

/** A secret by the name of its environment variable; `NAME_FILE` may name a file that holds it. */
export interface Secret {
  readonly env: string;
}

export function secret(env: string): Secret {
  return { env };
}

/** A short-lived access token that all processes share, with a version for compare-and-set. */
export interface TokenStore {
  read(name: string): Promise<{ value: string; expiresAt: Date; version: number } | undefined>;
  /** False when somebody else stored a newer one: read again. `version` is the one read, 0 when there was none. */
  write(name: string, value: string, expiresAt: Date, version: number): Promise<boolean>;
}

/** Everything that a connector is given to reach its provider. */
export interface Wiring {
  /** Base URLs by the connector's own names, without a trailing slash. */
  readonly hosts: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  readonly connection: Connection;
  readonly tokens: TokenStore;
  /** Where Ordna itself keeps invoices; absent where its database is not at hand. */
  readonly books?: Books | undefined;
  /** The order's page; undefined where only this machine could open it. */
  readonly linkTo?: ((reference: string) => string | undefined) | undefined;
  /** Ordna's own folder: relative paths begin there. Default: where Ordna was started. */
  readonly dataFolder?: string;
}

/** Puts a question to whoever sets up; undefined when nobody is there to answer. */
export type Ask = (question: string) => Promise<string | undefined>;

/** One thing that orders need at the provider. */
export interface SetUpFinding {
  /** What is there, or what would be done: `Template "order-confirmation" is not there: create it.` */
  readonly sentence: string;
  /** Mends it and resolves to a sentence about what was done; repeating it is harmless. Absent when all is well. */
  readonly mend?: () => Promise<string>;
}

export interface Connector<Name extends RoleName> {
  readonly role: Name;
  /** Lower-case; also the folder, and the P in ORDNA_<P>_URL. */
  readonly provider: string;
  /** Limits and windows of the real provider, with their sources. */
  readonly connection: Omit<Connection, "provider" | "simulated">;
  readonly secrets: Readonly<Record<string, Secret>>;
  /** Those that it can do without; each of them makes something more possible. */
  readonly optionalSecrets?: Readonly<Record<string, Secret>>;
  /** Default base URLs. ORDNA_<PROVIDER>_URL replaces all of them. */
  readonly hosts: Readonly<Record<string, string>>;
  connect(wiring: Wiring): Roles[Name];
  /** One harmless call: resolves to a sentence about what it saw, rejects with an ActionError that says what is wrong. */
  check(wiring: Wiring, send: Send): Promise<string>;
  /** What orders need at the provider, and whether it is there. Looks only: each finding mends itself when told to. */
  setUp?(wiring: Wiring, send: Send, ask: Ask): Promise<readonly SetUpFinding[]>;
  /** The option by which what it does is not for real: "sandbox: true". Absent when it is. */
  readonly trial?: string | undefined;
  /** Secrets, by the connector's own names, that `setUp` can get: it is called while they are missing, too. */
  readonly obtains?: readonly string[];
  /** The folder of this machine that holds what it keeps; absent where that lies elsewhere. A backup copies it. */
  folderOf?(wiring: Pick<Wiring, "dataFolder">): string;
  simulate(kit: SimulatorKit): Simulator;
}
