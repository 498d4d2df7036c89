// The demo's shop with a warehouse instead of Airtable: ORDNA_CONFIG=examples/own-connector/ordna.config.ts
import shop from "../../ordna.config.ts";
import { defineConfig } from "../../src/shop/define-config.ts";
import { warehouse } from "./warehouse.ts";

const { pikkuna } = shop.stores;
if (!pikkuna) throw new Error("ordna.config.ts has no store pikkuna any more: name another.");

export default defineConfig({
  stores: { pikkuna: { ...pikkuna, worklist: warehouse({ url: "https://packing.example" }) } },
});
