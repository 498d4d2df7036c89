// A shop wired to a simulated VIES, for the tests of this folder.
import assert from "node:assert/strict";
import { attempt } from "../../connector-kit/attempt.ts";
import { callTo } from "../../connector-kit/conformance.ts";
import { secret, type Wiring } from "../../connector-kit/connector.ts";
import { directSend } from "../../connector-kit/direct-send.ts";
import type { HttpRequest } from "../../connector-kit/http.ts";
import { memoryKit } from "../../connector-kit/simulator.ts";
import { readVatId } from "../../tax/vat-id.ts";
import { type ViesOptions, vies } from "./connector.ts";

export const now = () => new Date("2026-11-23T12:00:00Z");

/** A German number whose check digits are right, and whose last three are one of the official test codes. */
export function numberEndingIn(code: string): string {
  for (let i = 100_000; i < 100_400; i++) {
    if (readVatId(`DE${i}${code}`)) return `DE${i}${code}`;
  }
  return assert.fail(`no number ends in ${code}`);
}

export function viesShop(options: Partial<ViesOptions> = {}, vatId?: string) {
  const connector = vies({ vatId: secret("VIES_VAT_ID"), ...options });
  const simulator = connector.simulate(memoryKit(now));
  const wiring: Wiring = {
    hosts: { api: "http://127.0.0.1:9" },
    secrets: { ...simulator.secrets, ...(vatId === undefined ? {} : { vatId }) },
    connection: { provider: "vies", simulated: true, ...connector.connection },
    tokens: { read: async () => undefined, write: async () => true },
  };
  const sent: HttpRequest[] = [];
  const send = (request: HttpRequest) => {
    sent.push(request);
    return directSend(simulator)(request);
  };
  const { verify } = connector.connect(wiring);
  const call = callTo(simulator, { send, now });
  return {
    connector,
    simulator,
    sent,
    verify,
    check: () => connector.check(wiring, send),
    ask: (vatId: string | undefined, paidAt = "2026-11-23T11:59:00Z") =>
      attempt(verify, { vatId, paidAt }, call, false),
  };
}
