// The buyer as a customer of the company, once for each e-mail address.
import { createHash } from "node:crypto";
import { toE164 } from "../../address/phone.ts";
import type { Action } from "../../connector-kit/action.ts";
import { customerOutput } from "../../connector-kit/outputs.ts";
import type { Order, Party } from "../../order/order.ts";
import { customerListAnswer } from "./answers.ts";
import type { NetvisorApi } from "./api.ts";
import type { Context } from "./context.ts";
import { element, optional, writeXml } from "./xml.ts";

export function customerAction(context: Context): Action<{ order: Order }, { customerId: string }> {
  const find = async (order: Order, api: NetvisorApi) => {
    const code = customerCode(order);
    const { customerlist } = await api.read(
      "customerlist.nv",
      { customercodelist: code },
      customerListAnswer,
    );
    return customerlist.some((customer) => customer.code === code) ? [{ customerId: code }] : [];
  };
  return {
    name: "netvisor.customer",
    connection: context.connection,
    output: customerOutput,
    record: ({ customerId }) => ({ id: customerId, isShared: true }),
    // Netvisor does not promise that a code is unique: two orders of one customer must not look at the same time.
    exclusive: ({ order }) => `${context.connection.account}/${customerCode(order)}`,
    repeat: { how: "look-first", find: ({ order }, call) => find(order, context.api(call)) },
    run: async ({ order }, call) => {
      const api = context.api(call);
      const [found] = await find(order, api);
      if (found) return found;
      const customerId = customerCode(order);
      await context.openAdds.once(`customer ${customerId}`, call, () =>
        api.add("customer.nv", { method: "add" }, customerXml(order)),
      );
      return { customerId };
    },
  };
}

/** Our own code in Netvisor: the same for every order of one e-mail address, and readable by nobody. */
export function customerCode(order: Order): string {
  const who = order.buyer.email?.trim().toLowerCase() || order.reference;
  const hash = createHash("sha256").update(who).digest("hex");
  return `WEB-${hash.slice(0, 16).toUpperCase()}`;
}

/** What stands on the customer card and on the invoice: the company if there is one, else the person. */
export function partyName(party: Party): string | undefined {
  return party.company?.trim() || party.name?.trim() || undefined;
}

function customerXml(order: Order): string {
  const { buyer } = order;
  const address = buyer.address ?? order.shipTo.address;
  const isCompany = Boolean(buyer.company?.trim()) || order.taxIds.length > 0;
  return writeXml("customer", [
    element("customer", [
      element("customerbaseinformation", [
        element("internalidentifier", customerCode(order)),
        ...optional("externalidentifier", businessId(order)),
        element("name", partyName(buyer) ?? `Web customer ${order.reference}`),
        ...optional("nameextension", buyer.company?.trim() ? buyer.name : undefined),
        ...optional("streetaddress", address?.line1),
        ...optional("additionaladdressline", address?.line2),
        ...optional("city", address?.city),
        ...optional("postnumber", address?.postalCode),
        ...optional("country", address?.country, { type: "ISO-3166" }),
        ...optional("phonenumber", toE164(buyer.phone, address?.country) ?? buyer.phone),
        ...optional("email", buyer.email),
        element("isactive", "1"),
        element("isprivatecustomer", isCompany ? "0" : "1"),
        ...optional("emailinvoicingaddress", buyer.email),
      ]),
    ]),
  ]);
}

/** A Finnish VAT number is the business id without its dash; other countries' numbers stay as they are. */
function businessId(order: Order): string | undefined {
  const value = order.taxIds[0]?.value;
  const finnish = /^FI(\d{7})(\d)$/.exec(value ?? "");
  return finnish ? `${finnish[1]}-${finnish[2]}` : value;
}
