import { createHash } from "node:crypto";
import type { Document } from "../../connector-kit/action.ts";
import { ActionError } from "../../connector-kit/action-error.ts";
import { assertPdf } from "../../connector-kit/assert-pdf.ts";
import type { S3Options } from "./s3-options.ts";
import { sha256 } from "./signed-send.ts";

/** What the object says of itself to whoever downloads it, and how it is to be checked and kept. */
export function uploadHeaders(
  document: Document,
  settings: Pick<S3Options, "checksums" | "serverSideEncryption">,
): Readonly<Record<string, string>> {
  const { fileName, mediaType } = document;
  const isNamed = fileName.length > 0 && fileName.length <= 200;
  if (!isNamed || !/^[\w.+-]{1,50}\/[\w.+-]{1,49}$/.test(mediaType)) {
    const message = "A file needs a name (at most 200) and a media type like application/pdf.";
    throw new ActionError("permanent", message, { cause: "request.refused" });
  }
  assertPdf(document);
  return {
    "content-type": mediaType,
    "content-disposition": contentDisposition(fileName),
    ...(settings.checksums === "when_supported"
      ? { "x-amz-checksum-sha256": sha256(document.bytes, "base64") }
      : // Known to every store, and enough for one that demands a description of the bytes (object lock).
        { "content-md5": createHash("md5").update(document.bytes).digest("base64") }),
    ...(settings.serverSideEncryption
      ? { "x-amz-server-side-encryption": settings.serverSideEncryption }
      : {}),
  };
}

/** RFC 6266: a plain name for old readers, the real one (RFC 5987) for the rest. */
function contentDisposition(fileName: string): string {
  const name = fileName.toWellFormed();
  const plain = name.replace(/[^\w. -]/g, "_");
  const exact = encodeURIComponent(name).replace(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${exact}`;
}
