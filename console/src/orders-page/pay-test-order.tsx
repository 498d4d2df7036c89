import { useId, useState } from "react";
import { usePayTestOrder, useScenarios } from "../api/use-sandbox.ts";

const usual = "order-eur-inclusive";

const words: Readonly<Record<string, string>> = {
  "order-eur-inclusive": "Euro, VAT included",
  "order-bare-payment-intent": "Swedish kronor, without a checkout",
  "order-free-100pct": "Free, 100 % discount",
  "order-async-sepa": "SEPA debit, settled later",
  thin: "Only one short event",
};

/** Somebody pays in the simulated Stripe. */
export function PayTestOrder() {
  const id = useId();
  const scenarios = useScenarios().data ?? [usual];
  const [scenario, setScenario] = useState(usual);
  const pay = usePayTestOrder();
  return (
    <div className="pay-test-order">
      <label htmlFor={id} className="visually-hidden">
        Kind of test order
      </label>
      <select id={id} value={scenario} onChange={(event) => setScenario(event.target.value)}>
        {scenarios.map((name) => (
          <option key={name} value={name}>
            {words[name] ?? name}
          </option>
        ))}
      </select>
      <button type="button" disabled={pay.isPending} onClick={() => pay.mutate(scenario)}>
        {pay.isPending ? "Paying …" : "Pay a test order"}
      </button>
      <p role="status">{resultWords(pay)}</p>
    </div>
  );
}

function resultWords({ data, error }: ReturnType<typeof usePayTestOrder>): string {
  if (error) return error.message;
  if (!data) return "";
  return data.delivered === false ? "Paid; Ordna has not heard of it yet." : "Paid.";
}
