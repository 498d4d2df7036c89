// VIES, the EU's register of VAT numbers: whether a buyer's number is valid, and the proof of having asked.
import type { Action, Call } from "../../connector-kit/action.ts";
import { ActionError } from "../../connector-kit/action-error.ts";
import type { Connector, Secret, Wiring } from "../../connector-kit/connector.ts";
import { consultationOutput } from "../../connector-kit/outputs.ts";
import type { VatIds } from "../../connector-kit/roles.ts";
import type { VatIdQuestion } from "../../tax/buyer-vat-id.ts";
import type { VatConsultation } from "../../tax/vat-consultation.ts";
import { readVatId, type VatId } from "../../tax/vat-id.ts";
import { checkVatNumber, type ViesApi } from "./api.ts";
import { viesSimulator } from "./simulator.ts";

export interface ViesOptions {
  /** The shop's own VAT number, on whose behalf VIES is asked. */
  readonly vatId: Secret;
  /** After so many hours without an answer a person is asked. Default: 24. */
  readonly waitHours?: number;
}

export function vies({ vatId, waitHours = 24 }: ViesOptions): Connector<"vatIds"> {
  if (!(waitHours >= 0 && waitHours <= 168)) {
    throw new RangeError("vies(): waitHours must be from 0 to 168, a week.");
  }
  return {
    role: "vatIds",
    provider: "vies",
    connection: {
      account: "vies",
      // VIES publishes no figure, but refuses who asks much at once (MS_MAX_CONCURRENT_REQ): our own choice.
      limits: { concurrent: 2, perSecond: 2 },
      deadlineMs: 25_000,
      // Asking changes nothing.
      maxServerMs: 0,
      maxLagMs: 0,
    },
    secrets: { vatId },
    hosts: { api: "https://ec.europa.eu/taxation_customs/vies/rest-api" },
    connect: (wiring) => vatIds(wiring, waitHours),
    check: async (wiring, send) => {
      const own = requesterOf(wiring);
      const answer = await checkVatNumber({ host: wiring.hosts.api ?? "", send }, own, own);
      const said = answer.kind === "answered" && answer.isValid ? "valid" : "not valid";
      if (said === "valid") return `VIES knows the shop's own VAT number as valid.`;
      const message = `VIES says that the shop's own VAT number is ${said}: with it nothing is proved.`;
      throw new ActionError("permanent", message, { cause: "config.invalid" });
    },
    simulate: viesSimulator,
  };
}

function vatIds(wiring: Wiring, waitHours: number): VatIds {
  const verify: Action<VatIdQuestion, { consultation: VatConsultation }> = {
    name: "vies.verify",
    connection: wiring.connection,
    output: consultationOutput,
    repeat: { how: "safe" },
    record: ({ consultation }) => ({ id: proofOf(consultation), isShared: true }),
    needsProvider: ({ vatId }) => vatId !== undefined && readVatId(vatId) !== undefined,
    async run({ vatId, paidAt }, call) {
      if (vatId === undefined) return { consultation: { result: "not-needed" } };
      const asked = readVatId(vatId);
      if (!asked) return { consultation: { result: "malformed", vatId } };
      try {
        return { consultation: await consult(asked, vatId, wiring, call) };
      } catch (thrown) {
        throw isPatient(call, paidAt, waitHours) ? thrown : handedOver(thrown, waitHours);
      }
    },
  };
  return { verify };
}

async function consult(
  asked: VatId,
  vatId: string,
  wiring: Wiring,
  call: Call,
): Promise<VatConsultation> {
  const api: ViesApi = { host: wiring.hosts.api ?? "", send: call.send };
  const requester = requesterOf(wiring);
  const answer = await checkVatNumber(api, asked, requester);
  // Nobody has such a number: VIES refuses its form before it asks the state.
  if (answer.kind === "refused") return { result: "malformed", vatId };
  const { isValid, kind: _, ...said } = answer;
  return {
    result: isValid ? "valid" : "invalid",
    vatId: `${asked.prefix}${asked.number}`,
    consultedAt: call.now().toISOString(),
    requester: `${requester.prefix}${requester.number}`,
    ...said,
    simulated: wiring.connection.simulated,
  };
}

function requesterOf({ secrets }: Wiring): VatId {
  const own = readVatId(secrets.vatId ?? "");
  if (own) return own;
  throw new ActionError("transient", "VIES_VAT_ID is no VAT number of an EU state.", {
    cause: "auth.refused",
  });
}

function isPatient(call: Call, paidAt: string, waitHours: number): boolean {
  return call.now().getTime() - Date.parse(paidAt) < waitHours * 3600_000;
}

/** What no waiting has answered is for a person; "try again" asks once more. */
function handedOver(thrown: unknown, waitHours: number): unknown {
  if (!(thrown instanceof ActionError) || thrown.verdict !== "transient") return thrown;
  if (thrown.failure.cause === "auth.refused") return thrown;
  const message = `For ${waitHours} hours VIES did not say whether the buyer's VAT number is valid. Try again; or take the number away, and VAT is charged as to a consumer. ${thrown.message}`;
  return new ActionError("permanent", message, { cause: "vat_id.unverified", field: "taxIds" });
}

function proofOf(consultation: VatConsultation): string {
  if (consultation.result === "not-needed" || consultation.result === "malformed") {
    return consultation.result;
  }
  return consultation.requestIdentifier ?? "no-proof";
}
