import type { ReactNode } from "react";
import type { Mark } from "../words/step-mark.ts";

const line = { fill: "none", stroke: "currentColor", strokeWidth: 1.8 } as const;

const shapes: Readonly<Record<Mark, ReactNode>> = {
  done: <circle cx="8" cy="8" r="6" fill="currentColor" />,
  partly: (
    <>
      <circle cx="8" cy="8" r="5.2" {...line} />
      <path d="M8 2.8a5.2 5.2 0 0 0 0 10.4z" fill="currentColor" />
    </>
  ),
  "not-yet": <circle cx="8" cy="8" r="5.2" {...line} />,
  running: (
    <>
      <path d="M13 8a5 5 0 1 1-1.6-3.7" {...line} />
      <path d="M13.6 1.8v4.4H9.2z" fill="currentColor" />
    </>
  ),
  waiting: <path d="M3.5 2.5h3.2v11H3.5zM9.3 2.5h3.2v11H9.3z" fill="currentColor" />,
  "needs-you": (
    <>
      <path d="M8 1.2 15.4 14.4H.6z" fill="currentColor" />
      <path d="M8 6v4M8 11.6v1.4" className="mark-inner" />
    </>
  ),
  skipped: <path d="m3.5 3.5 9 9m0-9-9 9" {...line} strokeWidth={2.2} />,
};

/** The shape alone is for the eye: give a `label` where no word stands beside it. */
export function MarkIcon({ mark, label }: { readonly mark: Mark; readonly label?: string }) {
  const icon = (
    <svg viewBox="0 0 16 16" aria-hidden="true">
      {shapes[mark]}
    </svg>
  );
  if (label === undefined) return <span className={`mark ${mark}`}>{icon}</span>;
  return (
    <span className={`mark ${mark}`} role="img" aria-label={label} title={label}>
      {icon}
    </span>
  );
}
