import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSandbox, type Sandbox } from "../sandbox/sandbox.ts";
import type { Settings } from "../settings.ts";
import type { Config } from "../shop/define-config.ts";

/** Simulators of its own, in a folder that is thrown away: a running sandbox is left alone. */
export async function throwawaySandbox(
  config: Config,
  settings: Settings,
): Promise<Pick<Sandbox, "simulators" | "close">> {
  const dataFolder = mkdtempSync(join(tmpdir(), "ordna-look-"));
  const sandbox = await openSandbox(config, { ...settings, dataFolder });
  return {
    simulators: sandbox.simulators,
    async close() {
      await sandbox.close();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}
