import { defineCommand } from "citty";
import { asActionError } from "../connector-kit/attempt.ts";
import type { Connector } from "../connector-kit/connector.ts";
import type { RoleName } from "../connector-kit/roles.ts";
import { outlet } from "../connector-kit/send.ts";
import { openLedgerDatabase } from "../ledger/open-database.ts";
import { sqlTokens } from "../ledger/tokens.ts";
import { openSandbox } from "../sandbox/sandbox.ts";
import { connectStore, roleNames } from "../shop/connect-store.ts";
import { isOnThisMachine } from "../start-ordna.ts";
import { loadConfig } from "./load-config.ts";
import { jsonArg, report, say } from "./report.ts";

interface Finding {
  readonly what: string;
  readonly isWell: boolean;
  readonly isSimulated: boolean;
  readonly sentence: string;
}

const patienceMs = 20_000;

export const doctorCommand = defineCommand({
  meta: { name: "doctor", description: "Check every credential with a harmless call" },
  args: jsonArg,
  run: ({ args }) =>
    report(args.json, async () => {
      const findings = await examine((finding) => say(line(finding)));
      const isTrue = findings.every((finding) => finding.isWell);
      const text = isTrue ? "All is well." : "Something needs you: see above.";
      return { isTrue, text, json: { ok: isTrue, findings } };
    }),
});

async function examine(tell: (finding: Finding) => void): Promise<Finding[]> {
  const { config, settings } = await loadConfig();
  const findings: Finding[] = [];
  const found = (finding: Finding) => {
    findings.push(finding);
    tell(finding);
  };
  const db = await openLedgerDatabase(settings);
  found({
    what: "database",
    isWell: true,
    isSimulated: false,
    sentence: `${db.kind}, newest schema.`,
  });
  const sandbox = await openSandbox(config, settings);
  try {
    for (const [name, store] of Object.entries(config.stores)) {
      const { wirings } = connectStore(name, store, settings, sandbox.simulators, sqlTokens(db));
      for (const role of roleNames) {
        const connector: Connector<RoleName> = store[role];
        const wiring = wirings[role];
        const way = outlet({ allowsPrivateHosts: isOnThisMachine(wiring) });
        const endsAt = performance.now() + patienceMs;
        const what = `${name}: ${connector.provider}`;
        const isSimulated = wiring.connection.simulated;
        try {
          const sentence = await connector.check(
            wiring,
            way.sendUntil(() => endsAt - performance.now()),
          );
          found({ what, isWell: true, isSimulated, sentence });
        } catch (error) {
          found({ what, isWell: false, isSimulated, sentence: asActionError(error).message });
        } finally {
          await way.close();
        }
      }
    }
  } finally {
    await sandbox.close();
    await db.close();
  }
  return findings;
}

function line({ what, isWell, isSimulated, sentence }: Finding): string {
  return `  ${isWell ? "ok  " : "FAIL"}  ${what.padEnd(24)} ${isSimulated ? "(simulated) " : ""}${sentence}`;
}
