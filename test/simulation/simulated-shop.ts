// A shop with one step of every kind that there is: repeated at will, looked up first, or asked of a person.
import { z } from "zod";
import type { Action, Connection } from "../../src/connector-kit/action.ts";
import { readJson, statusError } from "../../src/connector-kit/http.ts";
import type { Alert, Payments, Refund } from "../../src/connector-kit/roles.ts";
import { anOrder } from "../../src/connector-kit/sample-order.ts";
import type { Order } from "../../src/order/order.ts";
import { referenceFor } from "../../src/order/reference.ts";
import { pipeline } from "../../src/pipeline/pipeline.ts";
import { type Step, step } from "../../src/pipeline/step.ts";
import type { Store } from "../../src/worker/world.ts";
import type { ProviderHabits } from "./foreign-world.ts";
import type { Refunds } from "./refunds.ts";

const usual = { deadlineMs: 10_000, maxServerMs: 60_000, maxLagMs: 0, limits: {} };
const lookFirst = { ...usual, how: "look-first" as const };

/** One provider for each step, and two that no step uses. */
const habits: readonly ProviderHabits[] = [
  { ...lookFirst, account: "crm", maxLagMs: 20_000 },
  { ...usual, account: "table", how: "safe" },
  { ...lookFirst, account: "carrier", limits: { concurrent: 3, perSecond: 5 } },
  { ...lookFirst, account: "books", deadlineMs: 25_000, maxServerMs: 90_000, maxLagMs: 1000 },
  { ...lookFirst, account: "mail", maxLagMs: 30_000 },
  { ...usual, account: "courier", how: "ask-operator" },
  { ...lookFirst, account: "payments", isNeverRejecting: true },
  { ...usual, account: "alerts", how: "ask-operator" },
];

const byAccount = new Map(habits.map((one) => [one.account, one]));

export function habitsOf(account: string): ProviderHabits {
  const known = byAccount.get(account);
  if (!known) throw new Error(`Nobody plays "${account}".`);
  return known;
}

/** What we believe of the providers, and how we act on it: the place to break something on purpose. */
export interface Beliefs {
  connection(truth: Connection): Connection;
  action<Input, Output>(truth: Action<Input, Output>): Action<Input, Output>;
}

export const trueBeliefs: Beliefs = { connection: (truth) => truth, action: (truth) => truth };

export const askedOfPerson = "handover";
/** Steps whose change may be made again at will. */
export const repeatable: ReadonlySet<string> = new Set(["row"]);
export const stepNames = ["deal", "row", "booking", "invoice", "mail", askedOfPerson];

export function simulatedShop(
  beliefs: Beliefs,
  orders: ReadonlyMap<string, Order>,
  refunds: Refunds,
): { readonly store: Store; readonly steps: readonly Step[] } {
  const change = (account: string) => beliefs.action(changeAt(connectionOf(account, beliefs)));
  const input = ({ reference, buyer }: Order) => ({ reference, customer: buyer.email ?? "" });
  const deal = step("deal", { action: change("crm"), input });
  const row = step("row", { needs: { deal }, action: change("table"), input });
  const booking = step("booking", { action: change("carrier"), input });
  const invoice = step("invoice", { needs: { booking }, action: change("books"), input });
  const mail = step("mail", { needs: { booking, invoice }, action: change("mail"), input });
  const handover = step(askedOfPerson, { needs: { row }, action: change("courier"), input });
  const steps = [deal, row, booking, invoice, mail, handover];
  const nothingKept = () => Promise.reject(new Error("Nothing is kept here."));
  const store: Store = {
    name: "pikkuna",
    payments: paymentsOf(connectionOf("payments", beliefs), orders, refunds),
    alerts: { send: alertAction(connectionOf("alerts", beliefs)) },
    pipelines: [pipeline("paid", steps)],
    keep: nothingKept,
    open: nothingKept,
    filesAccount: "files",
    linkTo: () => undefined,
  };
  return { store, steps };
}

function connectionOf(account: string, beliefs: Beliefs): Connection {
  const { deadlineMs, maxServerMs, maxLagMs, limits } = habitsOf(account);
  const windows = { deadlineMs, maxServerMs, maxLagMs };
  return beliefs.connection({ provider: account, account, simulated: true, limits, ...windows });
}

/** Payment objects and the orders they pay; some customers order more than once. */
export function simulatedOrders(count: number): ReadonlyMap<string, Order> {
  return new Map(
    Array.from({ length: count }, (_, n): [string, Order] => {
      const object = `cs_${n}`;
      const buyer = { email: `buyer-${n % 7}@example.com` };
      const paymentIntent = `pi_${n}`;
      const payment = { provider: "stripe", object, paymentIntent, livemode: false };
      return [object, anOrder({ reference: referenceFor(object), buyer, payment })];
    }),
  );
}

const made = z.object({ id: z.string() });
type Made = z.infer<typeof made>;
interface Change {
  readonly reference: string;
  readonly customer: string;
}

function changeAt(connection: Connection): Action<Change, Made> {
  const { account } = connection;
  const { how } = habitsOf(account);
  const urlOf = (key: string) => `https://${account}.example.com/${key}`;
  return {
    name: `${account}.make`,
    connection,
    output: made,
    record: ({ id }) => ({ id }),
    ...(account === "crm" ? { exclusive: ({ customer }: Change) => customer } : {}),
    async run(change, { key, send }) {
      const method = how === "safe" ? "PUT" : "POST";
      const response = await send({ method, url: urlOf(key), body: change.reference });
      if (response.status >= 300) throw statusError(response, `${account} refused.`);
      return readJson(response, made);
    },
    repeat:
      how === "look-first"
        ? {
            how,
            async find(_change, { key, send }) {
              const response = await send({ method: "GET", url: urlOf(key) });
              if (response.status >= 300) throw statusError(response, `${account} does not tell.`);
              return readJson(response, z.array(made));
            },
          }
        : { how },
  };
}

function alertAction(connection: Connection): Action<Alert, { messageId: string }> {
  return {
    name: "alerts.send",
    connection,
    output: z.object({ messageId: z.string() }),
    repeat: { how: "ask-operator" },
    record: ({ messageId }) => ({ id: messageId }),
    async run({ title }, { key, send }) {
      const url = `https://alerts.example.com/${key}`;
      const response = await send({ method: "POST", url, body: title });
      if (response.status >= 300) throw statusError(response, "The message was not taken.");
      return { messageId: readJson(response, made).id };
    },
  };
}

function wholeRefund({ payment, total }: Order): Refund {
  const paymentIntent = payment.paymentIntent ?? "";
  return { paymentIntent, refunded: total, paid: total, hasFailed: false };
}

function paymentsOf(
  connection: Connection,
  orders: ReadonlyMap<string, Order>,
  refunds: Refunds,
): Payments {
  return {
    connection,
    verify: () => ({ kind: "refused", why: "Nothing is verified here." }),
    async *paidIn() {},
    async read({ objectId = "", type }, _store, send) {
      const response = await send({ method: "GET", url: `https://pay.example.com/${objectId}` });
      if (response.status >= 300) throw statusError(response, "The payment cannot be read.");
      readJson(response, z.array(z.unknown()));
      const order = orders.get(objectId);
      if (order && type === "paid") {
        const refund = refunds.shows(objectId) ? wholeRefund(order) : undefined;
        return { kind: "order", order, refund };
      }
      if (order && type === "refunded") return { kind: "refund", refund: wholeRefund(order) };
      return { kind: "ignore", reason: "It was not paid." };
    },
  };
}
