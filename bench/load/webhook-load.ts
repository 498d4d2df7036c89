// Stripe's postman, as cheap as can be: raw keep-alive connections, one letter on each at a time. Everything is signed
// before the clock starts, because the processors are shared with who is measured. `webhook-load.ts <task as JSON>`
import { connect, type Socket } from "node:net";
import { percentile } from "../measure/percentile.ts";
import { type LoadResult, type LoadTask, loadTask } from "./load-task.ts";
import { paidOrder, signatureOf } from "./paid-order.ts";

const task = loadTask.parse(JSON.parse(process.argv[2] ?? "{}"));
const result = await deliver(task);
process.stdout.write(`${JSON.stringify(result)}\n`);
process.exit(0);

async function deliver({ connections, forMs, ...task }: LoadTask): Promise<LoadResult> {
  const waiting = lettersOf(task).values();
  const tookMs: number[] = [];
  let refused = 0;
  const sockets = await Promise.all(Array.from({ length: connections }, () => open(task.port)));
  const begunMs = performance.now();
  const endsMs = begunMs + forMs;
  await Promise.all(
    sockets.map(async (socket) => {
      const answers = answersOf(socket);
      for (const letter of waiting) {
        const from = performance.now();
        if (from >= endsMs) break;
        socket.write(letter);
        const status = (await answers.next()).value;
        tookMs.push(performance.now() - from);
        if (status !== 200) refused += 1;
      }
      socket.destroy();
    }),
  );
  const seconds = (performance.now() - begunMs) / 1000;
  return {
    requests: tookMs.length,
    perSecond: tookMs.length / seconds,
    p50Ms: percentile(tookMs, 0.5),
    p99Ms: percentile(tookMs, 0.99),
    refused,
  };
}

function lettersOf({ run, letters, port, path }: Omit<LoadTask, "connections" | "forMs">) {
  return Array.from({ length: letters }, (_, i) => {
    const { body } = paidOrder(run, i);
    const head = [
      `POST ${path} HTTP/1.1`,
      `host: 127.0.0.1:${port}`,
      "user-agent: Stripe/1.0 (+https://stripe.com/docs/webhooks)",
      "accept: */*",
      "content-type: application/json; charset=utf-8",
      `stripe-signature: ${signatureOf(body)}`,
      `content-length: ${Buffer.byteLength(body)}`,
    ];
    return Buffer.from(`${head.join("\r\n")}\r\n\r\n${body}`);
  });
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: "127.0.0.1", noDelay: true }, () => resolve(socket));
    socket.once("error", reject);
  });
}

/** The status of each answer, one after the other. */
async function* answersOf(socket: Socket): AsyncGenerator<number, undefined> {
  let text = "";
  for await (const chunk of socket) {
    text += chunk.toString("latin1");
    for (let end = endOfAnswer(text); end !== undefined; end = endOfAnswer(text)) {
      const status = Number(text.slice(9, 12));
      text = text.slice(end);
      yield status;
    }
  }
  return undefined;
}

/** Where the first answer ends; undefined while it is not all there. */
function endOfAnswer(text: string): number | undefined {
  const headEnds = text.indexOf("\r\n\r\n");
  if (headEnds < 0) return undefined;
  const bodyBegins = headEnds + 4;
  const head = text.slice(0, bodyBegins);
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  if (length !== undefined) {
    const ends = bodyBegins + Number(length);
    return text.length >= ends ? ends : undefined;
  }
  if (!/\r\ntransfer-encoding: *chunked/i.test(head)) return bodyBegins;
  const lastChunk = text.indexOf("0\r\n\r\n", bodyBegins);
  return lastChunk < 0 ? undefined : lastChunk + 5;
}
