import type { ReactNode } from "react";

export interface Column {
  readonly name: string;
  readonly isAmount?: boolean;
}

interface SheetProps {
  readonly caption: string;
  readonly columns: readonly Column[];
  readonly rows: readonly { readonly key: string; readonly cells: readonly ReactNode[] }[];
}

/** A table; on a narrow page each row is a card whose cells carry the names of their columns. */
export function Sheet({ caption, columns, rows }: SheetProps) {
  return (
    <table className="sheet">
      <caption className="visually-hidden">{caption}</caption>
      <thead>
        <tr>
          {columns.map(({ name, isAmount }) => (
            <th key={name} scope="col" className={isAmount ? "amount" : ""}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, cells }) => (
          <tr key={key} data-row>
            {cells.map((cell, index) => {
              const column = columns[index];
              const className = column?.isAmount ? "amount" : "";
              return index === 0 ? (
                <th key={column?.name} scope="row" className={className}>
                  {cell}
                </th>
              ) : (
                <td key={column?.name} className={className} data-label={column?.name}>
                  {cell}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
