// What the due index and the queue carry: a kind and an id, nothing else.

export type Subject =
  | { readonly kind: "event"; readonly source: string; readonly id: string }
  | { readonly kind: "order"; readonly reference: string }
  | { readonly kind: "alert"; readonly id: string };

export const eventSubject = (source: string, id: string) => `event/${source}/${id}`;
export const orderSubject = (reference: string) => `order/${reference}`;
export const alertSubject = (id: string) => `alert/${id}`;

export function readSubject(subject: string): Subject | undefined {
  const [kind, first = "", ...rest] = subject.split("/");
  if (kind === "event") return { kind, source: first, id: rest.join("/") };
  if (kind === "order") return { kind, reference: first };
  if (kind === "alert") return { kind, id: first };
  return undefined;
}
