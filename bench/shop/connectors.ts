// The providers of the benchmark's shop, written as anybody would write a connector. What they send is what the plain
// steps of the other engines send (../engines/plain-steps.ts).
import { z } from "zod";
import { ActionError } from "../../src/connector-kit/action-error.ts";
import type { Connector } from "../../src/connector-kit/connector.ts";
import { bodyText, readJson, unexpectedAnswer } from "../../src/connector-kit/http.ts";
import {
  bookingOutput,
  contactOutput,
  dealOutput,
  invoiceOutput,
  messageOutput,
  rowOutput,
} from "../../src/connector-kit/outputs.ts";
import type { Order } from "../../src/order/order.ts";
import { ask, change, connector, json, unused } from "./on-this-machine.ts";

const contacts = z.object({ data: z.array(z.object({ id: z.string().max(100) })) });
const deals = z.object({ data: z.array(z.object({ details: z.object({ id: z.string() }) })) });
const row = z.object({ id: z.string().max(100) });
const shipment = z.object({
  bookingId: z.string().max(100),
  parcelNumber: z.string().max(100),
  pdf: z.string().max(1_000_000),
});
const message = z.object({ id: z.string().max(200) });

/** What the providers of the benchmark know an order by. */
const numberOf = (order: Order) => order.payment.object;

export const crm = (): Connector<"crm"> =>
  connector("crm", (wiring) => ({
    contact: change(wiring, "contact", {
      output: contactOutput,
      idOf: ({ contactId }) => contactId,
      run: async ({ order }, call) => {
        const answer = await ask(wiring, call.send, `/zoho-contact/${numberOf(order)}`);
        const [found] = readJson(answer, contacts).data;
        if (!found) throw unexpectedAnswer(answer, "no contact");
        return { contactId: found.id };
      },
    }),
    deal: change(wiring, "deal", {
      output: dealOutput,
      idOf: ({ dealId }) => dealId,
      run: async ({ order, contactId }, call) => {
        const deal = {
          Deal_Name: `Order ${order.reference}`,
          Stage: "Closed Won",
          Amount: Number(order.total.minor) / 100,
          Contact_Name: { id: contactId },
          Description: order.lines.map((l) => `${l.description} x ${l.quantity}`).join("\n"),
        };
        const path = `/zoho-deal/${numberOf(order)}`;
        const answer = await ask(wiring, call.send, path, json(call, { data: [deal] }));
        const [made] = readJson(answer, deals).data;
        if (!made) throw unexpectedAnswer(answer, "no deal");
        return { dealId: made.details.id };
      },
    }),
    updateDeal: unused(wiring, "updateDeal"),
  }));

export const worklist = (): Connector<"worklist"> =>
  connector("worklist", (wiring) => ({
    row: change(wiring, "row", {
      output: rowOutput,
      idOf: ({ rowId }) => rowId,
      run: async ({ order }, call) => {
        const fields = { Order: order.reference, Customer: order.buyer.name };
        const path = `/airtable/${numberOf(order)}`;
        const answer = await ask(wiring, call.send, path, json(call, { records: [{ fields }] }));
        return { rowId: readJson(answer, row).id };
      },
    }),
    updateRow: unused(wiring, "updateRow"),
  }));

export const carrier = (): Connector<"carrier"> =>
  connector("carrier", (wiring) => ({
    book: change(wiring, "book", {
      output: bookingOutput,
      idOf: ({ bookingId }) => bookingId,
      run: async ({ order }, call) => {
        const { name, address } = order.shipTo;
        const wanted = { service: "19", receiver: { name, ...address }, parcels: [{ weight: 1 }] };
        const path = `/postnord/${numberOf(order)}`;
        const answer = await ask(wiring, call.send, path, json(call, wanted));
        const { bookingId, parcelNumber, pdf } = readJson(answer, shipment);
        if (Buffer.from(pdf, "base64").length === 0) throw unexpectedAnswer(answer, "no label");
        return { bookingId, trackingNumber: parcelNumber, service: "19" };
      },
    }),
    label: unused(wiring, "label"),
  }));

export const accounting = (): Connector<"accounting"> =>
  connector("accounting", (wiring) => ({
    customer: unused(wiring, "customer"),
    invoice: change(wiring, "invoice", {
      output: invoiceOutput,
      idOf: ({ invoiceId }) => invoiceId,
      run: async ({ order, customerId }, call) => {
        const xml = `<root><salesinvoice><salesinvoicedate>2026-05-25</salesinvoicedate><ref>${customerId}</ref></salesinvoice></root>`;
        const answer = await ask(wiring, call.send, `/netvisor/${numberOf(order)}`, {
          method: "POST",
          headers: { "content-type": "text/xml", "idempotency-key": call.key },
          body: xml,
        });
        const id = /<InsertedDataIdentifier>([^<]+)</.exec(bodyText(answer))?.[1];
        if (!id) throw unexpectedAnswer(answer, "no invoice");
        return { invoiceId: id, invoiceNumber: id };
      },
    }),
    payment: unused(wiring, "payment"),
    invoiceDocument: unused(wiring, "invoiceDocument"),
  }));

export const mail = (): Connector<"mail"> =>
  connector("mail", (wiring) => ({
    send: change(wiring, "send", {
      output: messageOutput,
      idOf: ({ messageId }) => messageId,
      run: async ({ to, template, variables }, call) => {
        const form = new URLSearchParams({
          to: to.email,
          template,
          "h:X-Mailgun-Variables": JSON.stringify(variables),
        });
        const answer = await ask(wiring, call.send, `/mailgun/${to.email.split("@")[0]}`, {
          method: "POST",
          headers: {
            "content-type": "application/x-www-form-urlencoded",
            "idempotency-key": call.key,
          },
          body: form.toString(),
        });
        return { messageId: readJson(answer, message).id };
      },
    }),
  }));

/** Nobody is told anything: an alert in a run of the benchmark is an error of it. */
export const alerts = (): Connector<"alerts"> =>
  connector("alerts", (wiring) => ({
    send: change(wiring, "alert", {
      output: messageOutput,
      idOf: ({ messageId }) => messageId,
      run: async ({ title }) => {
        throw new ActionError("permanent", `An alert in the benchmark: ${title}`, {
          cause: "request.refused",
        });
      },
    }),
  }));

export const vatIds = (): Connector<"vatIds"> =>
  connector("vatIds", (wiring) => ({ verify: unused(wiring, "verify") }));
