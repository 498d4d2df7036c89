// DBOS Transact: a workflow of five steps in PostgreSQL, taken from a queue that bounds how many run at a time.
// https://docs.dbos.dev/typescript/tutorials/queue-tutorial
import { DBOS } from "@dbos-inc/dbos-sdk";
import type { StartEngine } from "./engine.ts";
import { plainHttp } from "./plain-http.ts";
import { plainSteps } from "./plain-steps.ts";
import { readLetter } from "./stripe-letter.ts";

const queueName = "orders";
/** Its default is a second, which would bound it to 50 orders a second; at less than this it gets no faster. */
const minPollingIntervalMs = 100;

export const start: StartEngine = async ({ databaseUrl, providersUrl, concurrency }, done) => {
  // Its own pool of connections, as large as its documentation's examples have it.
  const systemDatabasePoolSize = 20;
  DBOS.setConfig({
    name: "bench",
    systemDatabaseUrl: databaseUrl,
    systemDatabasePoolSize,
    logLevel: "error",
    applicationVersion: "1",
    useListenNotify: true,
  });
  const steps = plainSteps(plainHttp("undici", providersUrl));
  const order = DBOS.registerWorkflow(
    async (payment: string) => {
      const { order, dealId } = await DBOS.runStep(
        async () => {
          const order = await steps.readOrder(payment);
          return { order, ...(await steps.deal(order)) };
        },
        { name: "deal" },
      );
      await DBOS.runStep(() => steps.productionRow(order), { name: "production-row" });
      const { trackingNumber } = await DBOS.runStep(() => steps.booking(order), {
        name: "booking",
      });
      const { invoiceNumber } = await DBOS.runStep(() => steps.invoice(order, trackingNumber), {
        name: "invoice",
      });
      await DBOS.runStep(() => steps.confirmation(order, trackingNumber, invoiceNumber), {
        name: "confirmation",
      });
      done(payment);
      return { dealId, trackingNumber, invoiceNumber };
    },
    { name: "order" },
  );
  await DBOS.launch();
  await DBOS.registerQueue(queueName, { workerConcurrency: concurrency, minPollingIntervalMs });
  return {
    async handle(request) {
      const letter = await readLetter(request);
      if (!letter) return new Response("The signature is not valid.", { status: 400 });
      // A second letter with this id finds the workflow that the first one began.
      await DBOS.startWorkflow(order, { workflowID: letter.event, queueName })(letter.payment);
      return new Response("Queued");
    },
    close: () => DBOS.shutdown(),
  };
};
