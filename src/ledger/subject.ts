// What the due index and the queue carry: a kind and an id, nothing else.

export type Subject =
  | { readonly kind: "event"; readonly source: string; readonly id: string }
  | { readonly kind: "order"; readonly reference: string }
  | { readonly kind: "alert"; readonly id: string }
  | { readonly kind: "account"; readonly account: string };

export const eventSubject = (source: string, id: string) => `event/${source}/${id}`;
export const orderSubject = (reference: string) => `order/${reference}`;
export const alertSubject = (id: string) => `alert/${id}`;
/** Whoever looks after the line at this account's gate. */
export const accountSubject = (account: string) => `account/${account}`;

export function readSubject(subject: string): Subject | undefined {
  const [kind, first = "", ...rest] = subject.split("/");
  if (kind === "event") return { kind, source: first, id: rest.join("/") };
  if (kind === "order") return { kind, reference: first };
  if (kind === "alert") return { kind, id: first };
  if (kind === "account") return { kind, account: [first, ...rest].join("/") };
  return undefined;
}
