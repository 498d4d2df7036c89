import { testAction } from "../../connector-kit/conformance.ts";
import { anAlert, telegramShop } from "./shop-for-tests.ts";

testAction("telegram.send", () => {
  const { simulator, send } = telegramShop();
  return {
    action: send,
    input: anAlert(),
    simulator,
    count: (s) => s.records().filter((alert) => alert.reference === "ABCDEFGHJK1234").length,
  };
});
