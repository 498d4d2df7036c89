// The shape of a Stripe-Signature header, judged before any arithmetic: the package is more lenient
// than is safe.

const maxBytes = 4096;
const maxSignatures = 16;

export type SignatureHeader =
  | { readonly kind: "well-formed"; readonly header: string; readonly timestamp: number }
  | { readonly kind: "malformed"; readonly why: string };

/**
 * `t=1795000000,v1=<64 hex>[,v1=...][,v0=...]`: exactly one t, 1 to 16 v1; other schemes are not
 * looked at.
 */
export function readSignatureHeader(header: string | null): SignatureHeader {
  if (!header) return malformed("There is no Stripe-Signature header.");
  if (Buffer.byteLength(header) > maxBytes) {
    return malformed("The Stripe-Signature header is longer than 4 KiB.");
  }
  // A proxy that tidies headers ("t=1, v1=...") breaks every signature, so say what it is.
  if (/\s/.test(header)) {
    return malformed("The Stripe-Signature header contains spaces: a proxy has rewritten it.");
  }
  const parts = header.split(",").map((part) => part.split("="));
  const valuesOf = (name: string) => parts.filter(([key]) => key === name).map((p) => p[1] ?? "");
  const [timestamp = "", ...moreTimestamps] = valuesOf("t");
  if (!/^\d{1,12}$/.test(timestamp) || moreTimestamps.length > 0) {
    return malformed("The Stripe-Signature header needs exactly one numeric timestamp.");
  }
  const signatures = valuesOf("v1");
  if (signatures.length === 0) return malformed("The Stripe-Signature header has no v1 signature.");
  if (signatures.length > maxSignatures) {
    return malformed(`The Stripe-Signature header has more than ${maxSignatures} signatures.`);
  }
  if (!signatures.every((signature) => /^[0-9a-f]{64}$/.test(signature))) {
    return malformed("A signature in the Stripe-Signature header is not 64 lower-case hex digits.");
  }
  return { kind: "well-formed", header, timestamp: Number(timestamp) };
}

function malformed(why: string): SignatureHeader {
  return { kind: "malformed", why };
}
