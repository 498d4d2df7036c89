// A store of the present configuration in which nothing is real: every provider is its simulator, in this process.

import type { Connector } from "../connector-kit/connector.ts";
import { directSend } from "../connector-kit/direct-send.ts";
import type { Send } from "../connector-kit/http.ts";
import type { RoleName } from "../connector-kit/roles.ts";
import { memoryKit } from "../connector-kit/simulator.ts";
import { sqlBooks } from "../ledger/books.ts";
import type { Database } from "../ledger/database/database.ts";
import { sqlTokens } from "../ledger/tokens.ts";
import type { Order } from "../order/order.ts";
import type { Settings } from "../settings.ts";
import { connectStore, type ServedSimulator } from "../shop/connect-store.ts";
import type { StoreConfig } from "../shop/define-config.ts";
import { workingStore } from "../shop/working-store.ts";
import type { VatConsultation } from "../tax/vat-consultation.ts";
import { readVatId } from "../tax/vat-id.ts";
import type { Store } from "../worker/world.ts";

export interface Recorded {
  /** The order that this payment is. */
  order(reference: string): Order;
  /** What VIES said of the buyer's number when it was real. */
  consultation(reference: string): VatConsultation | undefined;
}

export interface RehearsedStore {
  readonly store: Store;
  /** The ways out, by account: each leads to a simulator and to nowhere else. */
  readonly ways: ReadonlyMap<string, Send>;
}

/** A month is replayed in minutes, and a simulated limit counts by this clock. */
const clockStepMs = 250;

export function rehearsedStore(
  name: string,
  config: StoreConfig,
  settings: Settings,
  db: Database,
  recorded: Recorded,
): RehearsedStore {
  const ways = new Map<string, Send>();
  const simulators = new Map<Connector<RoleName>, ServedSimulator>();
  const alone = <Name extends RoleName>(connector: Connector<Name>): Connector<Name> => {
    const unlimited = { ...connector, connection: { ...connector.connection, limits: {} } };
    if (Object.keys(connector.secrets).length === 0) return unlimited;
    const simulator = connector.simulate(
      memoryKit(connector.role === "worklist" ? hurried() : undefined),
    );
    ways.set(connector.connection.account, directSend(simulator));
    // Nobody listens there: its requests are handed over by directSend.
    simulators.set(unlimited, { simulator, url: "http://127.0.0.1:1" });
    return unlimited;
  };
  const rehearsed: StoreConfig = {
    ...config,
    payments: alone(config.payments),
    crm: alone(config.crm),
    worklist: alone(config.worklist),
    carrier: alone(config.carrier),
    accounting: alone(config.accounting),
    mail: alone(config.mail),
    alerts: alone(config.alerts),
    files: alone(config.files),
    vatIds: asRecorded(alone(config.vatIds), recorded, simulators),
  };
  const connected = connectStore(
    name,
    rehearsed,
    settings,
    simulators,
    sqlTokens(db),
    sqlBooks(db),
  );
  const store = workingStore(connected, settings.publicUrl);
  const payments: Store["payments"] = {
    ...store.payments,
    read: async ({ objectId = "" }) => ({ kind: "order", order: recorded.order(objectId) }),
  };
  return { store: { ...store, payments }, ways };
}

function hurried(): () => Date {
  let ms = Date.now();
  return () => {
    ms += clockStepMs;
    return new Date(ms);
  };
}

/** What VIES said once is not asked again: the number may have been struck off since, and the simulator knows none. */
function asRecorded(
  connector: Connector<"vatIds">,
  recorded: Recorded,
  simulators: Map<Connector<RoleName>, ServedSimulator>,
): Connector<"vatIds"> {
  const same: Connector<"vatIds"> = {
    ...connector,
    connect(wiring) {
      const { verify } = connector.connect(wiring);
      return {
        verify: {
          ...verify,
          run: async (question, call) => {
            const consultation = recorded.consultation(call.reference);
            const isAnswer = consultation && answers(consultation, question.vatId);
            return isAnswer ? { consultation } : verify.run(question, call);
          },
        },
      };
    },
  };
  const served = simulators.get(connector);
  if (served) simulators.set(same, served);
  return same;
}

function answers(consultation: VatConsultation, vatId: string | undefined): boolean {
  if (consultation.result === "not-needed") return vatId === undefined;
  if (consultation.result === "malformed") return consultation.vatId === vatId;
  const asked = readVatId(vatId ?? "");
  return asked !== undefined && consultation.vatId === `${asked.prefix}${asked.number}`;
}
