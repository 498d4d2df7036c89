// A shop that keeps its files at a simulated store.
import { attempt } from "../../connector-kit/attempt.ts";
import { callTo } from "../../connector-kit/conformance.ts";
import { directSend } from "../../connector-kit/direct-send.ts";
import { memoryKit } from "../../connector-kit/simulator.ts";
import { s3 } from "./connector.ts";
import type { S3Options } from "./s3-options.ts";

const noon = () => new Date("2026-11-23T12:00:00Z");
export const label = {
  fileName: "Lähetyslista Öberg.pdf",
  mediaType: "application/pdf",
  bytes: new TextEncoder().encode("%PDF-1.4 a label"),
};
export const input = { key: "labels/ABCDEFGHJK1234/label.pdf", document: label };
export const otherBytes = { ...label, bytes: new TextEncoder().encode("%PDF-1.4 another label") };
export const isPut = (request: Request) => request.method === "PUT";

export function shop(options: Partial<S3Options> = {}, secrets: Record<string, string> = {}) {
  const connector = s3({ bucket: "shop-files", region: "eu-north-1", ...options });
  const simulator = connector.simulate(memoryKit(noon));
  const wiring = {
    hosts: connector.hosts,
    secrets: { ...simulator.secrets, ...secrets },
    connection: { ...connector.connection, provider: "s3", simulated: true },
    tokens: { read: async () => undefined, write: async () => true },
  };
  const files = connector.connect(wiring);
  const put = (what = input) => attempt(files.put, what, callTo(simulator), false);
  return { connector, simulator, wiring, files, put, send: directSend(simulator) };
}
