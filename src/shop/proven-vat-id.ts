// The buyer's VAT number has to be right before anything follows from it. It is held where it is asked for: a corrected
// number is then asked for anew.
import type { Action } from "../connector-kit/action.ts";
import { ActionError } from "../connector-kit/action-error.ts";
import type { VatIdQuestion } from "../tax/buyer-vat-id.ts";
import type { VatConsultation } from "../tax/vat-consultation.ts";

type Verify = Action<VatIdQuestion, { consultation: VatConsultation }>;

export function provenVatId(verify: Verify): Verify {
  return {
    ...verify,
    async run(question, call) {
      const asked = await verify.run(question, call);
      const why = whyNotProven(asked.consultation);
      if (!why) return asked;
      const message = `${why.sentence} Correct the number; or take it away, and VAT is charged as to a consumer.`;
      throw new ActionError("permanent", message, { cause: why.cause, field: "taxIds" });
    },
  };
}

function whyNotProven(said: VatConsultation) {
  if (said.result === "malformed") {
    const sentence = `"${said.vatId.slice(0, 50)}" has no valid form of a VAT number.`;
    return { cause: "vat_id.invalid", sentence } as const;
  }
  if (said.result === "invalid") {
    const sentence = `VIES does not know ${said.vatId} as a valid VAT number.`;
    return { cause: "vat_id.invalid", sentence } as const;
  }
  if (said.result === "not-needed" || said.requestIdentifier) return undefined;
  const sentence = `VIES gave no proof that ${said.vatId} is valid: try again.`;
  return { cause: "vat_id.unverified", sentence } as const;
}
