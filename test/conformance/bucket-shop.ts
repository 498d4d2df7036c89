// The example's shop with its files in a bucket: together with the demo's own shop, every simulator there is.
import shop from "../../examples/own-connector/ordna.config.ts";
import { s3 } from "../../src/connectors/s3/connector.ts";
import { defineConfig } from "../../src/shop/define-config.ts";

const { pikkuna } = shop.stores;
if (!pikkuna) throw new Error("The example's shop has no store pikkuna any more: name another.");

export default defineConfig({
  stores: {
    pikkuna: { ...pikkuna, files: s3({ bucket: "shop-files", region: "eu-north-1" }) },
  },
});
