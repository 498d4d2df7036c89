import type { Judged } from "../tax/evaluate-file.ts";

/** For people: a line with the figures, and one with the reason. */
export function table(judged: readonly Judged[]): string {
  const rows = judged.map(rowOf);
  const widths = [0, 1, 2, 3, 4, 5, 6].map((i) =>
    Math.max(...rows.map(({ cells }) => cells[i]?.length ?? 0)),
  );
  return rows
    .map(({ cells, why }) => {
      const padded = cells.map((cell, i) =>
        i > 3 ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0),
      );
      return `${padded.join("  ").trimEnd()}\n    ${why}`;
    })
    .join("\n");
}

function rowOf(one: Judged): { readonly cells: readonly string[]; readonly why: string } {
  if (one.kind === "unreadable") return { cells: [one.id, "ERROR"], why: one.error };
  const { result, explanation } = one;
  if (result.decision === "HOLD") {
    return { cells: [result.id, "HOLD", result.hold_reasons.join(" ")], why: explanation };
  }
  const cells = [
    result.id,
    result.decision,
    result.scheme ?? "",
    result.tax_territory ?? "",
    result.net_total ?? "",
    result.vat_total ?? "",
    result.gross_total ?? "",
  ];
  return { cells, why: explanation };
}
