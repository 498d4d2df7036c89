// Netvisor invoices only products that it knows, so they are made first: look, then add what is missing.
import type { Call } from "../../connector-kit/action.ts";
import { ActionError } from "../../connector-kit/action-error.ts";
import { productListAnswer } from "./answers.ts";
import type { NetvisorApi } from "./api.ts";
import type { Context } from "./context.ts";
import { type InvoiceLine, unitPrice } from "./invoice-lines.ts";
import type { Settings } from "./settings.ts";
import { element, withComma, writeXml } from "./xml.ts";

export interface Products {
  /** True when some product was taken from memory instead of asking for it. */
  ensure(lines: readonly InvoiceLine[], call: Call): Promise<boolean>;
  /** Somebody deleted a product that we had seen. */
  forget(): void;
}

const maxRemembered = 10_000;

export function productsOf({ settings, openAdds, api: apiFor }: Context): Products {
  const seen = new Set<string>();
  const remember = (code: string) => {
    if (seen.size >= maxRemembered) seen.clear();
    seen.add(code);
  };

  async function ensure(lines: readonly InvoiceLine[], call: Call): Promise<boolean> {
    const api = apiFor(call);
    const wanted = new Map(lines.map((line) => [line.productCode, line]));
    const unseen = [...wanted.values()].filter((line) => !seen.has(line.productCode));
    const existing = await existingCodes(api, unseen, settings.productLookUp);
    for (const line of unseen) {
      const { productCode } = line;
      if (!existing.has(productCode)) {
        await openAdds.once(`product ${productCode}`, call, () =>
          add(api, line, settings.productGroup),
        );
      }
      remember(productCode);
    }
    return unseen.length < wanted.size;
  }

  return { ensure, forget: () => seen.clear() };
}

async function existingCodes(
  api: NetvisorApi,
  lines: readonly InvoiceLine[],
  lookUp: Settings["productLookUp"],
): Promise<ReadonlySet<string | undefined>> {
  if (lines.length === 0) return new Set();
  // A keyword finds more than the code: the codes are compared exactly.
  const queries =
    lookUp === "list" ? [{}] : lines.map(({ productCode }) => ({ keyword: productCode }));
  const codes = new Set<string | undefined>();
  for (const query of queries) {
    const { productlist } = await api.read("productlist.nv", query, productListAnswer);
    for (const { productcode } of productlist) codes.add(productcode);
  }
  return codes;
}

async function add(api: NetvisorApi, line: InvoiceLine, group: string): Promise<void> {
  try {
    await api.add("product.nv", { method: "add" }, productXml(line, group));
  } catch (thrown) {
    // Netvisor holds the code although its list did not show it: that is all we need.
    const isThere =
      thrown instanceof ActionError && thrown.failure.cause === "record.exists_differently";
    if (!isThere) throw thrown;
  }
}

function productXml(line: InvoiceLine, group: string): string {
  return writeXml("product", [
    element("product", [
      element("productbaseinformation", [
        element("productcode", line.productCode),
        element("productgroup", group),
        element("name", line.productName.slice(0, 200)),
        element("unitprice", withComma(unitPrice(line)), { type: "gross" }),
        element("isactive", "1"),
        element("issalesproduct", "1"),
      ]),
    ]),
  ]);
}
