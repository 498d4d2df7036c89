// What orders need in the shop's organisation. Nothing is changed by looking.
import { z } from "zod";
import type { ZohoApi } from "./api.ts";
import { fieldMetadata } from "./field-metadata.ts";
import { findByReference } from "./find-by-reference.ts";
import { assertCurrency, assertOffered, isOffered } from "./offered-values.ts";
import type { ZohoSettings } from "./options.ts";
import type { World } from "./token.ts";
import { recordId } from "./zoho-problem.ts";

/** Resolves to a sentence about what is well, rejects with an ActionError that says what is not. */
export type Look = (world: World) => Promise<string>;

export function organisationLooks(settings: ZohoSettings, api: ZohoApi): readonly Look[] {
  const { orderField, stage, pipeline, leadSource, multiCurrency, salesOrders } = settings;
  const metadata = fieldMetadata(api);
  const own = Object.values(settings.fields).filter((name) => name !== undefined);

  const orderFieldOf =
    (module: "Deals" | "Sales_Orders", field: string): Look =>
    async (world) => {
      await metadata.unique(module, field, world);
      // Nobody has this reference: it is asked only to see that the field can be asked for.
      await findByReference(api, module, field, "ORDNALOOKS", world);
      return `${module} has the unique field ${field}.`;
    };

  const ownFields: Look = async (world) => {
    await metadata.having("Deals", own, world);
    return `Deals has ${own.join(", ")}.`;
  };

  const pickLists =
    (
      module: "Contacts" | "Deals" | "Sales_Orders",
      values: Readonly<Record<string, string | undefined>>,
    ): Look =>
    async (world) => {
      const known = await metadata.meeting(module, (f) => assertOffered(f, values), world);
      const given = Object.entries(values).flatMap(([name, value]) => {
        if (value === undefined) return [];
        const isListed = isOffered(known, name, value) !== undefined;
        return [`${name} "${value}"${isListed ? "" : " (its values are not listed)"}`];
      });
      return `${module} knows ${given.join(", ")}.`;
    };

  const currencies: Look = async (world) => {
    await metadata.meeting("Deals", (f) => assertCurrency(f, settings.homeCurrency), world);
    return `Deals has currencies, ${settings.homeCurrency} among them.`;
  };

  const contacts: Look = async (world) => {
    const row = z.object({ id: recordId });
    await api.query(
      "select id from Contacts where Email = 'nobody@example.com' limit 1",
      row,
      world,
    );
    return "Contacts can be looked up.";
  };

  return [
    orderFieldOf("Deals", orderField),
    pickLists("Deals", { Stage: stage, Pipeline: pipeline, Lead_Source: leadSource }),
    ...(own.length > 0 ? [ownFields] : []),
    ...(multiCurrency ? [currencies] : []),
    ...(leadSource ? [pickLists("Contacts", { Lead_Source: leadSource })] : []),
    ...(salesOrders ? [orderFieldOf("Sales_Orders", salesOrders.orderField)] : []),
    ...(salesOrders?.status ? [pickLists("Sales_Orders", { Status: salesOrders.status })] : []),
    contacts,
  ];
}
