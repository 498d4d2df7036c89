// The demo's shop with books of its own instead of Netvisor: ORDNA_CONFIG=examples/builtin-books/ordna.config.ts
import shop from "../../ordna.config.ts";
import { builtin } from "../../src/connectors/builtin/connector.ts";
import { defineConfig } from "../../src/shop/define-config.ts";

const { pikkuna } = shop.stores;
if (!pikkuna) throw new Error("ordna.config.ts has no store pikkuna any more: name another.");

const accounting = builtin({
  seller: {
    name: "Pikkuna",
    vatId: "FI12345671",
    companyId: "1234567-1",
    street: "Satamakatu 3",
    postalCode: "00160",
    city: "Helsinki",
    country: "FI",
    email: "orders@example.com",
  },
  timeZone: "Europe/Helsinki",
});

export default defineConfig({ stores: { pikkuna: { ...pikkuna, accounting } } });
