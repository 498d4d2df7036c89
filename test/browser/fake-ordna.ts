// The page's API on loopback, with orders of the test's own, under the headers of the real one.
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { extname, join } from "node:path";
import type { OrderDetail } from "../../src/ledger/list-orders.ts";
import { countsOf, fakeAnswer, preview, standing } from "./fake-answers.ts";

export interface FakeOrdna {
  readonly url: string;
  /** Newest first. */
  orders: OrderDetail[];
  /** "<reference> <step>" for each that was asked for. */
  readonly retried: string[];
  /** "<reference> <value>" for each correction. */
  readonly amended: string[];
  readonly paid: string[];
  /** What a retry does to the order. */
  onRetry: (reference: string) => void;
  tellChanged(...references: string[]): void;
  /** Cuts every stream, and refuses new ones until it is called with false. */
  cutStreams(isCut: boolean): void;
  close(): Promise<void>;
}

const mediaTypes: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
};
const roles = { payments: "stripe", crm: "zoho", carrier: "postnord", mail: "mailgun" };

export async function startFakeOrdna(page: string): Promise<FakeOrdna> {
  const streams = new Set<ServerResponse>();
  let isCut = false;
  const server = createServer((request, response) => {
    answer(request, response).catch((error) => response.writeHead(500).end(String(error)));
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://fake.invalid");
    const json = (value: unknown, status = 200) => {
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
    };
    response.setHeader("content-security-policy", "default-src 'self'; frame-ancestors 'none'");
    const [, , reference = "", what] =
      /^\/api\/(orders|sandbox)\/(\w+)(?:\/(\w+))?$/.exec(pathname) ?? [];
    const order = fake.orders.find((o) => o.reference === reference);
    if (pathname === "/api/stream") return isCut ? json({}, 503) : stream(response);
    if (pathname === "/api/status") return json(status());
    if (pathname === "/api/orders") return json(listed(fake.orders, searchParams));
    if (pathname === "/api/sandbox/scenarios") return json(["order-eur-inclusive", "thin"]);
    if (pathname === "/api/sandbox/payments") {
      fake.paid.push(JSON.parse(await bodyOf(request)).scenario);
      return json({ delivered: true });
    }
    if (/^\/api\/sandbox\/mails\/\w+\/0$/.test(pathname)) {
      const policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'";
      response.setHeader("content-security-policy", policy);
      response.writeHead(200, { "content-type": "text/html" }).end(mail.html);
      return;
    }
    if (pathname.startsWith("/api/letters/")) {
      const policy =
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox";
      response.setHeader("content-security-policy", policy);
      response.writeHead(200, { "content-type": "text/html" }).end(mail.html);
      return;
    }
    if (pathname.startsWith("/api/sandbox/mails/")) return json([{ subject: mail.subject }]);
    const [, tried = "", step] =
      /^\/api\/orders\/(\w+)\/steps\/([\w-]+)\/retry$/.exec(pathname) ?? [];
    if (step) {
      fake.retried.push(`${tried} ${step}`);
      fake.onRetry(tried);
      return json({ decision: 1, isRepeat: false, after: { retried: [step] } });
    }
    if (order && what === "amend") {
      if (searchParams.get("preview") === "true") return json(preview);
      fake.amended.push(`${reference} ${JSON.parse(await bodyOf(request)).changes[0].value}`);
      fake.onRetry(reference);
      return json({ decision: 1, isRepeat: false, after: {} });
    }
    const known = fakeAnswer(pathname, fake.orders);
    if (known !== undefined) return json(known);
    if (pathname.startsWith("/api/")) {
      return order ? json(order) : json({ error: "There is no such order." }, 404);
    }
    const file = extname(pathname) === "" ? "index.html" : pathname;
    const bytes = await readFile(join(page, file));
    response.writeHead(200, { "content-type": mediaTypes[extname(file)] ?? "" }).end(bytes);
  }

  function stream(response: ServerResponse): void {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write("event: beat\ndata: \n\n");
    streams.add(response);
    response.on("close", () => streams.delete(response));
  }

  const port = await listenSomewhere(server);
  const fake: FakeOrdna = {
    url: `http://127.0.0.1:${port}`,
    orders: [],
    retried: [],
    amended: [],
    paid: [],
    onRetry: () => {},
    tellChanged: (...references) => {
      const data = JSON.stringify(references);
      for (const one of streams) one.write(`event: changed\ndata: ${data}\n\n`);
    },
    cutStreams: (cut) => {
      isCut = cut;
      for (const one of streams) one.destroy();
    },
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  return fake;
}

/** On a port that the system does not hand out by itself. */
async function listenSomewhere(server: Server): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    const isMine = await new Promise((resolve) => {
      server.once("error", () => resolve(false));
      server.listen(port, "127.0.0.1", () => resolve(true));
    });
    if (isMine) return port;
  }
}

const mail = {
  subject: "Your order PK-1001",
  html: '<body style="background:#f4f4f4"><p style="color:red">Thank you!</p></body>',
};

function status() {
  const providers = Object.entries(roles).map(([role, provider]) => ({
    store: "pikkuna",
    role,
    provider,
    isSimulated: true,
  }));
  return { version: "0.0.0", database: "embedded", queue: "ledger", providers, counts: {} };
}

function listed(orders: readonly OrderDetail[], query: URLSearchParams) {
  const state = query.get("state");
  const from = orders.findIndex((o) => query.get("before")?.endsWith(o.reference)) + 1;
  const find = query.get("q")?.toLowerCase() ?? "";
  const fits = ({ shopOrder }: OrderDetail) => shopOrder?.toLowerCase().endsWith(find) ?? false;
  const chosen = orders.filter((o, i) => i >= from && (!state || standing(o) === state) && fits(o));
  const limit = Number(query.get("limit") ?? 50);
  const last = chosen.length > limit ? chosen[limit - 1] : undefined;
  const next = last ? `${last.createdAt}/${last.reference}` : null;
  return { orders: chosen.slice(0, limit), next, counts: countsOf(orders) };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
