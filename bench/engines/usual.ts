// The usual design, taken literally: the handler verifies, SET NX in Redis, one BullMQ job; the job calls the five APIs
// in a row and checkpoints nothing. Options as BullMQ's documentation has them: https://docs.bullmq.io/guide/going-to-production
import { Queue, Worker } from "bullmq";
import { Redis } from "ioredis";
import type { StartEngine } from "./engine.ts";
import { type HttpClient, plainHttp } from "./plain-http.ts";
import { plainSteps } from "./plain-steps.ts";
import { readLetter } from "./stripe-letter.ts";

const oneDaySeconds = 86_400;
const jobOptions = {
  attempts: 5,
  backoff: { type: "exponential", delay: 2000 },
  removeOnComplete: { count: 100 },
  removeOnFail: false,
};

export const usual =
  (client: HttpClient): StartEngine =>
  async ({ redisUrl, providersUrl, concurrency }, done) => {
    const connection = new Redis(redisUrl, { maxRetriesPerRequest: null });
    const queue = new Queue("orders", { connection });
    const steps = plainSteps(plainHttp(client, providersUrl));
    const worker = new Worker<{ payment: string }>(
      "orders",
      async ({ data: { payment } }) => {
        const order = await steps.readOrder(payment);
        const { dealId } = await steps.deal(order);
        await steps.productionRow(order);
        const { trackingNumber } = await steps.booking(order);
        const { invoiceNumber } = await steps.invoice(order, trackingNumber);
        await steps.confirmation(order, trackingNumber, invoiceNumber);
        return { dealId, trackingNumber, invoiceNumber };
      },
      { connection: new Redis(redisUrl, { maxRetriesPerRequest: null }), concurrency },
    );
    worker.on("completed", ({ data }) => done(data.payment));
    worker.on("error", (error) => process.stderr.write(`${error.message}\n`));
    await worker.waitUntilReady();
    await queue.waitUntilReady();
    return {
      async handle(request) {
        const letter = await readLetter(request);
        if (!letter) return new Response("The signature is not valid.", { status: 400 });
        const { event, payment } = letter;
        const isNew = await connection.set(`stripe:event:${event}`, "1", "EX", oneDaySeconds, "NX");
        if (isNew === null) return new Response("Already queued");
        await queue.add("process-order", { payment, event }, jobOptions);
        return new Response("Queued");
      },
      async close() {
        await worker.close();
        await queue.close();
        connection.disconnect();
      },
    };
  };
