import type { Database } from "../ledger/database/database.ts";
import { traceOrder } from "./trace-order.ts";
import type { StepNotice } from "./world.ts";

type OnStep = (notice: StepNotice) => void;

/** Each order becomes a trace when it is done. The SDK is installed by who wants it: it is 38 MB. */
export async function startTracing(db: Database, onError: (error: unknown) => void) {
  const sdk = "@opentelemetry/sdk-node";
  const { NodeSDK } = await import(sdk).catch(() => {
    throw new Error(`OTEL_EXPORTER_OTLP_ENDPOINT is set and ${sdk} is missing: npm i ${sdk}`);
  });
  const running = new NodeSDK({ serviceName: "ordna" });
  running.start();
  return {
    stop: async (): Promise<void> => running.shutdown(),
    alsoTell:
      (onStep: OnStep | undefined): OnStep =>
      (notice) => {
        onStep?.(notice);
        void traceOrder(db, notice.reference).catch(onError);
      },
  };
}
