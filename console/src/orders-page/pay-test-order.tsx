import { Button, NativeSelect } from "@mantine/core";
import { useState } from "react";
import { usePayTestOrder, useScenarios } from "../api/use-sandbox.ts";
import { words } from "../language/words.ts";

const usual = "order-eur-inclusive";

/** Somebody pays in the simulated Stripe. */
export function PayTestOrder() {
  const { orders } = words();
  const names: Readonly<Record<string, string>> = orders.scenarios;
  const scenarios = useScenarios().data ?? [usual];
  const [scenario, setScenario] = useState(usual);
  const pay = usePayTestOrder();
  return (
    <div className="pay-test-order">
      <NativeSelect
        aria-label={orders.kindOfTestOrder}
        value={scenario}
        onChange={(event) => setScenario(event.currentTarget.value)}
        data={scenarios.map((name) => ({ value: name, label: names[name] ?? name }))}
      />
      <Button variant="default" loading={pay.isPending} onClick={() => pay.mutate(scenario)}>
        {orders.payTestOrder}
      </Button>
      <p role="status">{resultWords(pay)}</p>
    </div>
  );
}

function resultWords({ data, error }: ReturnType<typeof usePayTestOrder>): string {
  if (error) return error.message;
  if (!data) return "";
  return data.delivered === false ? words().orders.paidUnheard : words().orders.paid;
}
