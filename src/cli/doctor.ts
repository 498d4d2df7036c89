import { defineCommand } from "citty";
import { examine, type Finding } from "./examine.ts";
import { loadConfig } from "./load-config.ts";
import { isLive, type Readiness } from "./ready-to-go-live.ts";
import { jsonArg, report, say } from "./report.ts";

export const doctorCommand = defineCommand({
  meta: {
    name: "doctor",
    description: "Check every credential with a harmless call, and what real orders need",
  },
  args: {
    ...jsonArg,
    live: {
      type: "boolean",
      description:
        "Ends with 1 when anything is missing for real orders, as it does by itself with a live key",
    },
    yes: {
      type: "boolean",
      description: "Also send a test message to the people who are told of trouble",
    },
  },
  run: ({ args }) =>
    report(args.json, async () => {
      const { config, settings } = await loadConfig();
      const { findings, checklist } = await examine(config, settings, {
        tell: (finding) => say(line(finding)),
        isTelling: args.yes === true,
      });
      say("  Before real orders:");
      for (const one of checklist) say(checkLine(one));
      const isForReal =
        args.live === true || Object.values(config.stores).some((one) => isLive(one, settings));
      const isReady = checklist.every(({ isWell }) => isWell);
      const isTrue = findings.every(({ isWell }) => isWell) && (isReady || !isForReal);
      const text = isTrue ? "All is well." : "Something needs you: see above.";
      return { isTrue, text, json: { ok: isTrue, findings, ready: isReady, checklist } };
    }),
});

function line({ what, isWell, isSimulated, sentence }: Finding): string {
  return `  ${isWell ? "ok  " : "FAIL"}  ${what.padEnd(24)} ${isSimulated ? "(simulated) " : ""}${sentence}`;
}

function checkLine({ what, isWell, sentence }: Readiness): string {
  return `  ${isWell ? "ok  " : "todo"}  ${what.padEnd(24)} ${sentence}`;
}
