import type { OrderGlance } from "../ledger/list-orders.ts";
import { decimalString, exponentOf } from "../order/money.ts";
import type { DemoOrder } from "../sandbox/demo-orders.ts";

export function demoTable(demo: readonly DemoOrder[], orders: readonly OrderGlance[]): string {
  const rows = demo.map((plot) => {
    const order = orders.find((o) => o.reference === plot.reference);
    if (!order) return ["-", plot.name, "", "not here", "", ""];
    const { minor, currency } = order.total;
    const done = order.steps.filter((s) => s.state === "done").length;
    const seconds = order.doneAt
      ? ((Date.parse(order.doneAt) - Date.parse(order.receivedAt)) / 1000).toFixed(1)
      : "";
    return [
      order.shopOrder ?? order.reference,
      plot.name,
      `${decimalString(BigInt(minor), exponentOf(currency))} ${currency}`,
      `${done}/${order.steps.length}`,
      order.state,
      seconds && `${seconds} s`,
    ];
  });
  const widths = [0, 1, 2, 3, 4, 5].map((i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  return rows
    .map((row) => row.map((cell, i) => pad(cell, widths[i] ?? 0, i === 2 || i === 5)).join("  "))
    .map((line) => `  ${line.trimEnd()}`)
    .join("\n");
}

const pad = (text: string, width: number, isRight: boolean) =>
  isRight ? text.padStart(width) : text.padEnd(width);
