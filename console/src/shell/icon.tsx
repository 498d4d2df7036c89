import type { ReactNode } from "react";

const line = {
  fill: "none",
  stroke: "currentColor",
  strokeWidth: 1.6,
  strokeLinecap: "round",
  strokeLinejoin: "round",
} as const;

const shapes = {
  down: <path d="m4 6 4 4 4-4" {...line} />,
  search: <path d="M11 11l3.5 3.5M12 7A5 5 0 1 1 2 7a5 5 0 0 1 10 0z" {...line} />,
  command: <path d="M2.5 4h11M2.5 8h7M2.5 12h9" {...line} />,
  person: (
    <path d="M8 8a3 3 0 1 0 0-6 3 3 0 0 0 0 6zm-6 6c.6-3 3-4.5 6-4.5s5.400 1.5 6 4.5" {...line} />
  ),
  inbox: <path d="M2 9l2-6h8l2 6v4H2zm0 0h3.5l1 2h3l1-2H14" {...line} />,
  orders: <path d="M2 5l6-3 6 3v6l-6 3-6-3zm0 0l6 3 6-3M8 8v6" {...line} />,
  print: <path d="M4.5 6V2h7v4M4.5 11H2V6h12v5h-2.5M4.5 9.5h7V14h-7z" {...line} />,
  more: <path d="M3 4h10M3 8h10M3 12h10" {...line} />,
  copy: <path d="M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3" {...line} />,
} satisfies Record<string, ReactNode>;

/** For the eye only: the word stands beside it, or in the label of what it is in. */
export function Icon({ name }: { readonly name: keyof typeof shapes }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" aria-hidden="true">
      {shapes[name]}
    </svg>
  );
}
