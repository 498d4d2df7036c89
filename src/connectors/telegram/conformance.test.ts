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

testAction("telegram.edit", async () => {
  const { simulator, send, edit, call } = telegramShop();
  const { messageId } = await send.run(anAlert(), call);
  return {
    action: edit,
    input: { messageId, alert: anAlert({ isOver: true }) },
    simulator,
    count: (s) => s.records().filter(({ fields }) => String(fields.text).startsWith("✅")).length,
  };
});
