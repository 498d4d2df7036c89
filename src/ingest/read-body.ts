/** The whole body, or undefined as soon as it is larger than `maxBytes`, whatever Content-Length says. */
export async function readBody(
  request: Request,
  maxBytes: number,
): Promise<Uint8Array | undefined> {
  const declared = request.headers.get("content-length");
  if (declared && Number(declared) > maxBytes) return undefined;
  if (declared) {
    // The server reads no further than what was declared, and needs no stream for it.
    const whole = new Uint8Array(await request.arrayBuffer());
    return whole.length > maxBytes ? undefined : whole;
  }
  if (!request.body) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body) {
    size += chunk.length;
    if (size > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
