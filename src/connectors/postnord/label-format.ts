// The two kinds of label that PostNord prints, and how each is told from anything else.

export type LabelFormat = "pdf" | "zpl";

interface Kind {
  readonly name: string;
  readonly extension: string;
  readonly mediaType: string;
  isOne(bytes: Uint8Array): boolean;
}

export const labelKinds: Readonly<Record<LabelFormat, Kind>> = {
  pdf: {
    name: "PDF",
    extension: "pdf",
    mediaType: "application/pdf",
    isOne: (bytes) => Buffer.from(bytes.subarray(0, 5)).equals(Buffer.from("%PDF-")),
  },
  zpl: {
    name: "ZPL",
    extension: "zpl",
    // No registered type; this is what print systems call it.
    mediaType: "application/vnd.zebra-zpl",
    isOne: isZpl,
  },
};

/** Whole labels and nothing else: a printer waits for ever for the end of one that was cut off. */
function isZpl(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes).toString("utf8").trim();
  // Before the first label there may be graphics and settings (~DG..., ^MC...), never another text.
  if (!/^(\^XA|~)/.test(text) || !text.endsWith("^XZ")) return false;
  const begun = text.split("^XA").length;
  return begun > 1 && begun === text.split("^XZ").length;
}
