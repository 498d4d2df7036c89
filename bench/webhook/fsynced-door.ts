// The least that a door can do and still be believed: HMAC over the raw bytes, and one row that is on disk before the
// answer. No framework, no wake-up, no knowledge of what it takes: the machine's own limit.
import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import pg from "pg";
import { webhookSecret } from "../load/paid-order.ts";

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 16 });
await pool.query("create table if not exists letter (id text primary key, body bytea not null)");

createServer(async (request, response) => {
  const body = await bytesOf(request);
  if (!isSigned(body, String(request.headers["stripe-signature"]))) {
    response.writeHead(400).end();
    return;
  }
  const { id }: { id: string } = JSON.parse(body.toString());
  await pool.query({
    name: "letter",
    text: "insert into letter (id, body) values ($1, $2) on conflict do nothing",
    values: [id, body],
  });
  response.writeHead(200, { "content-length": 0 }).end();
}).listen(Number(process.env.PORT), "127.0.0.1");

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function isSigned(body: Buffer, header: string): boolean {
  const [, seconds, signature = ""] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(header) ?? [];
  const wanted = createHmac("sha256", webhookSecret).update(`${seconds}.`).update(body).digest();
  const given = Buffer.from(signature, "hex");
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
