import { defineCommand } from "citty";
import { z } from "zod";
import type { WrittenAddress } from "../address/address-codes.ts";
import { type AddressJudgement, judgeAddress } from "../address/judge-address.ts";
import { servedCountries } from "../address/service-area.ts";
import { readJsonFile } from "./read-json-file.ts";
import { jsonArg, report } from "./report.ts";

const text = z
  .string()
  .max(10_000)
  .nullish()
  .transform((value) => value ?? "");
const asked = z.object({
  id: z.union([z.string(), z.number()]),
  name: text,
  company: text,
  line1: text,
  line2: text,
  city: text,
  postal_code: text,
  state: text,
  country: text,
  phone: text,
  email: text,
  service: z
    .enum(["home", "courier", "service_point", "mail"])
    .nullish()
    .transform((value) => value ?? "home"),
});
const list = z.object({ addresses: z.array(z.unknown()).max(1_000_000) });

export const addressCommand = defineCommand({
  meta: { name: "address", description: "Judge the delivery addresses in a file, and say why" },
  args: {
    ...jsonArg,
    file: { type: "string", required: true, description: "A JSON file with a list of addresses" },
  },
  run: ({ args }) =>
    report(args.json, async () => {
      const given = list.safeParse(await readJsonFile(args.file));
      if (!given.success) throw new Error(`${args.file} must hold {"addresses": [...]}.`);
      const judged = given.data.addresses.map(judge);
      const count = (verdict: string) => judged.filter((one) => one.verdict === verdict).length;
      const json = { cases: judged.length, ok: count("ok"), hold: count("hold") };
      const lines = judged.map((one) => (args.json ? JSON.stringify(one.json) : one.sentence));
      const summary = `${json.cases} addresses: ${json.ok} can be sent to, ${json.hold} are held.`;
      const isTrue = json.ok + json.hold === json.cases;
      return { isTrue, text: [...lines, ...(args.json ? [] : [summary])].join("\n"), json };
    }),
});

interface Judged {
  readonly verdict: "ok" | "hold" | "unread";
  readonly sentence: string;
  readonly json: object;
}

function judge(given: unknown, index: number): Judged {
  const read = asked.safeParse(given);
  if (!read.success) {
    const issue = read.error.issues[0];
    const error = `${issue?.path.join(".") || "address"}: ${issue?.message}`;
    const { id } = z.object({ id: z.unknown() }).catch({ id: index }).parse(given);
    return {
      verdict: "unread",
      sentence: `${String(id ?? index)}  unread  ${error}`,
      json: { id, error },
    };
  }
  const { id, service, postal_code: postalCode, ...rest } = read.data;
  const judgement = judgeAddress({ ...rest, postalCode }, { service, served: servedCountries });
  const { verdict, problems } = judgement;
  const why = problems.map(({ code, why }) => `${code}: ${why}`).join(" ");
  return { verdict, sentence: `${id}  ${verdict.padEnd(4)}  ${why}`, json: asJson(id, judgement) };
}

function asJson(id: string | number, judgement: AddressJudgement) {
  const { verdict, problems, normalised, labelLines, suggestion } = judgement;
  return {
    id,
    verdict,
    codes: [...new Set(problems.map(({ code }) => code))],
    normalised: asWritten(normalised),
    label_lines: labelLines,
    suggestion: suggestion ? asWritten(suggestion) : null,
  };
}

/** As the file has them: snake case, and null for nothing. */
function asWritten(address: Partial<WrittenAddress>): Record<string, string | null> {
  return Object.fromEntries(
    Object.entries(address).map(([field, value]) => [
      field === "postalCode" ? "postal_code" : field,
      value || null,
    ]),
  );
}
