/** Shown only when loading takes longer than a blink; the style sheet holds it back. */
export function Loading({ what }: { readonly what: string }) {
  return (
    <p className="loading" role="status">
      Loading {what} …
    </p>
  );
}
