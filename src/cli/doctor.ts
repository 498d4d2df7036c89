import { defineCommand } from "citty";
import { examine, type Finding } from "./examine.ts";
import { loadConfig } from "./load-config.ts";
import { jsonArg, report, say } from "./report.ts";

export const doctorCommand = defineCommand({
  meta: { name: "doctor", description: "Check every credential with a harmless call" },
  args: jsonArg,
  run: ({ args }) =>
    report(args.json, async () => {
      const { config, settings } = await loadConfig();
      const findings = await examine(config, settings, (finding) => say(line(finding)));
      const isTrue = findings.every((finding) => finding.isWell);
      const text = isTrue ? "All is well." : "Something needs you: see above.";
      return { isTrue, text, json: { ok: isTrue, findings } };
    }),
});

function line({ what, isWell, isSimulated, sentence }: Finding): string {
  return `  ${isWell ? "ok  " : "FAIL"}  ${what.padEnd(24)} ${isSimulated ? "(simulated) " : ""}${sentence}`;
}
