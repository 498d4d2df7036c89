import { testAction } from "../../connector-kit/conformance.ts";
import { viesShop } from "./shop-for-tests.ts";

testAction("vies.verify", () => {
  const { simulator, verify } = viesShop();
  return {
    action: verify,
    input: { vatId: "DE123456788", paidAt: "2026-11-23T11:59:00Z" },
    simulator,
    // Asking twice about one number is asking: what counts is that nobody else's was asked.
    count: (s) => new Set(s.records().map(({ id }) => id)).size,
  };
});
