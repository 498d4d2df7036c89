import { defineCommand } from "citty";
import { z } from "zod";
import { amendableFields, type FactChange } from "../order/amend-order.ts";
import { decidedAnswer, sentenceOf } from "./decision-command.ts";
import { report } from "./report.ts";
import { askServer } from "./server.ts";

/** The facts that are corrected most, by a short name. */
const shortNames: Readonly<Record<string, string>> = {
  name: "shipTo.name",
  company: "shipTo.company",
  street: "shipTo.address.line1",
  street2: "shipTo.address.line2",
  city: "shipTo.address.city",
  "postal-code": "shipTo.address.postalCode",
  country: "shipTo.address.country",
  email: "buyer.email",
  phone: "shipTo.phone",
  "vat-id": "vatId",
  service: "service",
};
const own = ["reason", "key", "json", "preview"];

export interface AskedAmendment {
  readonly reference: string | undefined;
  readonly changes: readonly FactChange[];
  readonly reason: string | undefined;
  readonly key: string | undefined;
  readonly isJson: boolean;
  readonly isPreview: boolean;
}

/** `--postal-code 00100 --lines.li_1.hsCode=630392`; an empty value takes a fact away. */
export function readAmendment(raw: readonly string[]): AskedAmendment {
  const given = new Map<string, string>();
  let reference: string | undefined;
  for (let at = 0; at < raw.length; at++) {
    const word = raw[at] ?? "";
    if (!word.startsWith("--")) {
      if (reference !== undefined)
        throw new Error(`What is "${word}"? A value follows its --field.`);
      reference = word;
      continue;
    }
    const [name = "", ...rest] = word.slice(2).split("=");
    const isFlag = name === "json" || name === "preview";
    if (rest.length === 0 && !isFlag) at += 1;
    given.set(name, rest.length > 0 ? rest.join("=") : isFlag ? "true" : (raw[at] ?? ""));
  }
  const changes = [...given]
    .filter(([name]) => !own.includes(name))
    .map(([name, value]) => ({ field: shortNames[name] ?? name, value: value || null }));
  return {
    reference,
    changes,
    reason: given.get("reason"),
    key: given.get("key"),
    isJson: given.get("json") === "true",
    isPreview: given.get("preview") === "true",
  };
}

const preview = z.object({
  amended: z.array(z.looseObject({ field: z.string(), before: z.unknown(), after: z.unknown() })),
  steps: z.array(z.looseObject({ step: z.string(), what: z.string(), sentence: z.string() })),
  refusal: z.string().nullable(),
});

export const amendCommand = defineCommand({
  meta: {
    name: "amend",
    description: `Correct facts and go on: amend <reference> --postal-code 00100 --reason "..." [--preview]. Fields: ${[...Object.keys(shortNames), ...amendableFields].join(", ")}`,
  },
  run: ({ rawArgs }) => {
    const isJson = rawArgs.includes("--json");
    return report(isJson, async () => {
      const { reference, changes, reason, key, isPreview } = readAmendment(rawArgs);
      if (reference === undefined) throw new Error("Say which order: its reference comes first.");
      if (changes.length === 0) throw new Error("Say what to correct, e.g. --postal-code 00100.");
      const path = `/orders/${encodeURIComponent(reference)}/amend`;
      const call = { method: "POST", body: { changes, reason }, key } as const;
      if (!isPreview) {
        const answer = await askServer(path, decidedAnswer, call);
        return { isTrue: true, text: sentenceOf("amend", answer), json: answer };
      }
      const answer = await askServer(`${path}?preview=true`, preview, call);
      const lines = answer.steps.map(
        ({ step, what, sentence }) => `  ${step.padEnd(20)} ${what.padEnd(10)} ${sentence}`,
      );
      const text = [...lines, answer.refusal ?? "Nothing was changed: this is a preview."].join(
        "\n",
      );
      return { isTrue: answer.refusal === null, text, json: answer };
    });
  },
});
