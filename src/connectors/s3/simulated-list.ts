import { element } from "./simulated-refusal.ts";

interface Listed {
  readonly key: string;
  readonly size: number;
  readonly etag: string;
  readonly modifiedAt: string;
}

/** ListObjectsV2, page by page; the token of the next page is the last key. */
export function simulatedList(
  bucket: string,
  objects: readonly Listed[],
  query: URLSearchParams,
): string {
  const prefix = query.get("prefix") ?? "";
  const max = Math.min(Number(query.get("max-keys") ?? 1000), 1000);
  const token = query.get("continuation-token");
  const after = token
    ? Buffer.from(token, "base64url").toString()
    : (query.get("start-after") ?? "");
  const found = objects
    .filter(({ key }) => key.startsWith(prefix) && key > after)
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  const page = found.slice(0, max);
  const last = page.at(-1)?.key;
  const isTruncated = found.length > page.length && last !== undefined;
  const next = isTruncated ? Buffer.from(last).toString("base64url") : undefined;
  const inside = [
    element("Name", bucket),
    element("Prefix", prefix),
    element("KeyCount", String(page.length)),
    element("MaxKeys", String(max)),
    element("IsTruncated", String(isTruncated)),
    next === undefined ? "" : element("NextContinuationToken", next),
    ...page.map(contents),
  ];
  const open = '<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">';
  return `<?xml version="1.0" encoding="UTF-8"?>\n${open}${inside.join("")}</ListBucketResult>`;
}

function contents({ key, size, etag, modifiedAt }: Listed): string {
  const inside = [
    element("Key", key),
    element("LastModified", modifiedAt),
    element("ETag", etag),
    element("Size", String(size)),
    element("StorageClass", "STANDARD"),
  ];
  return `<Contents>${inside.join("")}</Contents>`;
}
