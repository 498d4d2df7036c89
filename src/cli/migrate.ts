import { defineCommand } from "citty";
import { openLedgerDatabase } from "../ledger/open-database.ts";
import { readSettings } from "../settings.ts";
import { jsonArg, report, say } from "./report.ts";

export const migrateCommand = defineCommand({
  meta: { name: "migrate", description: "Bring the database to the newest schema" },
  args: jsonArg,
  run: ({ args }) =>
    report(args.json, async () => {
      const db = await openLedgerDatabase(readSettings(process.env), (what) => say(`  ${what}`));
      await db.close();
      return {
        isTrue: true,
        text: "The database has the newest schema.",
        json: { migrated: true },
      };
    }),
});
