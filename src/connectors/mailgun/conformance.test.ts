import { testAction } from "../../connector-kit/conformance.ts";
import { aMessage, aShop } from "./shop-for-tests.ts";

testAction("mailgun.send", () => {
  const { action, simulator } = aShop();
  return {
    action,
    input: aMessage(),
    simulator,
    count: () => simulator.records().filter((r) => r.reference === "ABCDEFGHJK1234").length,
  };
});

testAction("mailgun.send with the Logs API", () => {
  const { action, simulator } = aShop({ logsApi: true });
  return {
    action,
    input: aMessage(),
    simulator,
    when: (request) => request.url.endsWith("/messages"),
    count: () => simulator.records().length,
  };
});
