// One ordinary order with each provider, and what the others ask, as it goes over the wire.
import { anOrder } from "../../src/connector-kit/sample-order.ts";
import { aShop as aMailgunShop, aMessage } from "../../src/connectors/mailgun/shop-for-tests.ts";
import { aCompany, aVatDecision, invoiced } from "../../src/connectors/netvisor/shop-for-tests.ts";
import {
  aShop as aPostnordShop,
  orderTo,
  swedishSender,
} from "../../src/connectors/postnord/shop-for-tests.ts";
import { scenarioPayment } from "../../src/connectors/stripe/scenario-payment.ts";
import { anEvent, stripeUnderTest } from "../../src/connectors/stripe/shop-for-tests.ts";
import { anAlert, telegramShop } from "../../src/connectors/telegram/shop-for-tests.ts";
import { rig } from "../../src/connectors/zoho/shop-for-tests.ts";
import { type Exchange, listenIn } from "./exchange.ts";

const order = anOrder();

export async function conversations(): Promise<readonly Exchange[]> {
  const heard: Exchange[] = [];
  for (const talk of [postnord, netvisor, stripe, zoho, mailgun, telegram]) await talk(heard);
  return heard;
}

async function postnord(heard: Exchange[]): Promise<void> {
  for (const [options, to] of [
    [{}, {}],
    [{}, { phone: undefined }],
    [swedishSender, {}],
    [{ ...swedishSender, labelFormat: "zpl" }, {}],
  ] as const) {
    const { simulator, carrier, call } = aPostnordShop(options);
    listenIn(simulator, heard);
    const one = orderTo(to);
    const booking = await carrier.book.run({ order: one }, call);
    await carrier.label.run({ order: one, booking }, call);
    await carrier.bookReturn?.run({ order: one, booking }, call).catch(() => undefined);
    const { repeat } = carrier.book;
    if (repeat.how === "look-first") await repeat.find({ order: one }, call);
  }
}

async function netvisor(heard: Exchange[]): Promise<void> {
  const company = aCompany();
  listenIn(company.simulator, heard);
  const { accounting, call } = company;
  const vat = aVatDecision();
  const made = await invoiced(company, order, vat);
  await accounting.payment.run({ order, invoiceId: made.invoiceId }, call);
  await accounting.invoiceDocument.run(made, call);
  await accounting.credit.run({ order, vat, ...made }, call);
}

async function stripe(heard: Exchange[]): Promise<void> {
  const { simulator, read } = stripeUnderTest();
  listenIn(simulator, heard);
  simulator.record(scenarioPayment("order-eur-inclusive"));
  simulator.record(scenarioPayment("order-bare-payment-intent"));
  await read(anEvent("checkout.session.completed", "cs_test_a1EurIncl"));
  await read(anEvent("payment_intent.succeeded", "pi_3EurIncl"));
}

async function zoho(heard: Exchange[]): Promise<void> {
  const shop = await rig({ details: "note" });
  listenIn(shop.simulator, heard);
  const { contactId } = await shop.contact.run({ order }, shop.call);
  await shop.deal.run({ order, contactId }, shop.call);
}

async function mailgun(heard: Exchange[]): Promise<void> {
  const shop = aMailgunShop();
  listenIn(shop.simulator, heard);
  await shop.attempt(aMessage());
  await shop.connector.check(shop.wiring, shop.toMailgun);
  const { repeat } = shop.action;
  if (repeat.how === "look-first") await repeat.find(aMessage(), shop.call());
}

async function telegram(heard: Exchange[]): Promise<void> {
  const { simulator, send, edit, call, check } = telegramShop();
  listenIn(simulator, heard);
  const { messageId } = await send.run(anAlert(), call);
  await edit.run({ messageId, alert: anAlert({ isOver: true }) }, call);
  await edit.run({ messageId, alert: anAlert({ isOver: true }) }, call);
  await check();
}
