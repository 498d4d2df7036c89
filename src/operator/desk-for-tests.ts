// A desk over a real ledger and the worker's own code, with one small office as the provider of everything.
import { z } from "zod";
import type { Action } from "../connector-kit/action.ts";
import { ActionError } from "../connector-kit/action-error.ts";
import { customerLinks } from "../connector-kit/customer-link.ts";
import { readJson } from "../connector-kit/http.ts";
import type { Ending, Ledger } from "../ledger/ledger.ts";
import type { Order } from "../order/order.ts";
import { pipeline } from "../pipeline/pipeline.ts";
import { step } from "../pipeline/step.ts";
import { officeAction, officeConnection } from "../worker/sample-office.ts";
import { openSampleWorld } from "../worker/sample-world.ts";
import type { World } from "../worker/world.ts";
import { type Desk, definitionOf, outputsSoFar } from "./desk.ts";

const ourselves = { ...officeConnection, provider: "ordna", account: "ordna" };

/** Holds what has no postal code of digits; its judgement says which country it was for. */
const judge: Action<{ order: Order }, { country: string }> = {
  name: "ordna.check-order",
  connection: ourselves,
  output: z.object({ country: z.string() }),
  repeat: { how: "safe" },
  record: () => ({ id: "checked", isShared: true }),
  async run({ order: { shipTo } }) {
    const code = shipTo.address?.postalCode ?? "";
    if (/^\d{5}$/.test(code)) return { country: shipTo.address?.country ?? "" };
    throw new ActionError("permanent", "That is no postal code of FI.", {
      cause: "address.postal_code",
      field: "shipTo.address.postalCode",
    });
  },
};

const one = z.object({ id: z.string() });

/** One row for an order, however often it is written. */
const row: Action<{ order: Order }, { rowId: string }> = {
  name: "office.row",
  connection: officeConnection,
  output: z.object({ rowId: z.string() }),
  repeat: { how: "safe" },
  record: ({ rowId }) => ({ id: rowId }),
  async run({ order: { reference } }, { send }) {
    const key = `${reference}-the-row`;
    const url = `https://office.example.com/row/${key}`;
    const response = await send({ method: "PUT", url, body: JSON.stringify({ reference, key }) });
    return { rowId: readJson(response, one).id };
  },
};

const mail: Action<object, { messageId: string }> = {
  name: "office.mail",
  connection: officeConnection,
  output: z.object({ messageId: z.string() }),
  repeat: { how: "ask-operator" },
  record: ({ messageId }) => ({ id: messageId }),
  async run(input, { reference, key, send }) {
    const { to } = z.object({ to: z.object({ email: z.string() }) }).parse(input);
    const body = JSON.stringify({ reference, key: `${key} to ${to.email}` });
    const url = "https://office.example.com/mail";
    return { messageId: readJson(await send({ method: "POST", url, body }), one).id };
  },
};

export const checked = {
  kind: "done",
  output: { country: "FI" },
  via: "response",
  external: { id: "checked", isShared: true },
} as const satisfies Ending;
export const trouble = { cause: "result.unknown", message: "Nobody can tell." } as const;
const alert = { severity: "needs-you", title: "It waits", lines: [] } as const;

export const testLinks = (key = "a key that signs what customers get", isReachable = true) =>
  customerLinks({ keys: [key], publicUrl: "http://shop.example", isReachable, days: 7 });

/** It waits for a person. */
export const stuck = (isInDoubt: boolean, delayMs = 0): Ending => ({
  kind: "attention",
  trouble,
  isInDoubt,
  wasAbsent: false,
  alert,
  store: "pikkuna",
  delayMs,
});

export async function openDesk() {
  const sample = await openSampleWorld();
  const check = step("check", { action: judge, input: (order) => ({ order }) });
  const production = step("row", { needs: { check }, action: row, input: (order) => ({ order }) });
  const booking = step("booking", {
    needs: { check },
    action: officeAction("look-first"),
    input: ({ reference, shipTo, service }) => ({ reference, shipTo, service }),
  });
  const letter = (email: string) => ({
    to: { email },
    locale: "fi",
    template: "t",
    subject: "Tilausvahvistus",
    variables: {},
    attachments: [],
  });
  const confirmation = step("confirmation", {
    needs: { booking },
    action: mail,
    input: ({ buyer }) => letter(buyer.email ?? ""),
  });
  const credit = step("credit", {
    needs: { booking },
    action: officeAction("look-first", { name: "office.credit" }),
    input: ({ reference }, { booking: { id } }) => ({ reference, id }),
  });
  const copy = step("copy", {
    needs: { booking },
    action: mail,
    input: ({ buyer }) => letter(buyer.email ?? ""),
  });
  const question = step("customer-question", {
    action: mail,
    input: ({ buyer }) => letter(buyer.email ?? ""),
  });
  const steps = [check, production, booking, confirmation];
  const paid = pipeline("paid", steps);
  const pipelines = [
    paid,
    pipeline("credit", [credit], paid),
    pipeline("invoice-copy", [copy], paid),
    pipeline("question", [question]),
  ];
  const store = { ...sample.store(steps), pipelines };
  const world: World = sample.world(steps, { stores: new Map([["pikkuna", store]]) });
  const customers = { links: testLinks(), delivery: () => ({ service: "home" }) as const };
  const { db, ledger } = sample;
  const desk: Desk = { db, ledger, pipelinesOf: () => pipelines, customers };
  const wish = (reference: string, key: string, reason = "The customer wrote.") => ({
    reference,
    key,
    reason,
    actor: { name: "Example Manager", origin: "page" },
  });
  const openOrder = () => sample.openOrder(world);
  const end = async (reference: string, name: string, ending: Ending) => {
    const claim = await claimAt(desk, sample.ledger, reference, name);
    if (!claim || !(await sample.ledger.finish(claim, ending))) {
      throw new Error(`${name} was not free.`);
    }
  };
  return {
    ...sample,
    desk,
    wish,
    end,
    openOrder,
    /** An order whose booking ended so. */
    async withBooking(ending: Ending): Promise<string> {
      const reference = await openOrder();
      await end(reference, "check", checked);
      await end(reference, "booking", ending);
      return reference;
    },
    /** An order whose facts came wrong: its check will hold it. */
    async openWrong(): Promise<string> {
      const reference = await sample.openOrder(world);
      // As if it had come so; else nothing ever changes an order's facts.
      await sample.db.transaction(async (tx) => {
        await tx.query("alter table orders disable trigger facts_guard");
        await tx.query(
          `update orders set facts = jsonb_set(facts, '{shipTo,address,postalCode}', '"0010"') where reference = $1`,
          [reference],
        );
        await tx.query("alter table orders enable trigger facts_guard");
      });
      return reference;
    },
    goOn: (ms = 1) => sample.goOnFor(world, ms),
    states: async (reference: string) =>
      Object.fromEntries(
        ((await sample.ledger.loadOrder(reference))?.steps ?? []).map(({ name, state }) => [
          name,
          state,
        ]),
      ),
    /** Somebody works at a step and has not ended. */
    begin: (reference: string, name: string) => claimAt(desk, sample.ledger, reference, name),
    sentTo: (reference: string) =>
      sample.office
        .records()
        .filter((record) => record.reference === reference && record.kind === "mail")
        .map(({ fields }) => String(fields.key).split(" to ")[1]),
  };
}

/** As a worker claims it, with the digest of what it would send. */
async function claimAt(desk: Desk, ledger: Ledger, reference: string, name: string) {
  const order = await desk.ledger.loadOrder(reference);
  const record = order?.steps.find((one) => one.name === name);
  const definition = order && record && definitionOf(desk, order, record);
  if (!order || !definition) throw new Error(`There is no step "${name}".`);
  const { run } = record;
  const inputDigest = definition.prepare(order.order, outputsSoFar(order)).digest;
  const wanted = { reference, run, name, owner: "worker-1", leaseMs: 60_000, inputDigest };
  return ledger.claim(wanted);
}

export type OpenDesk = Awaited<ReturnType<typeof openDesk>>;
