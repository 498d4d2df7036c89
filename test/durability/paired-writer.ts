// A process that examines the ledger, says what it found, and commits until it is killed.
import { writeSync } from "node:fs";
import { openEmbedded } from "../../src/ledger/database/embedded.ts";
import { testCacheFolder } from "../../src/ledger/database/test-database.ts";
import { examine, writePair } from "./ledger-of-pairs.ts";

const [folder = "", howMany = "Infinity"] = process.argv.slice(2);
const db = await openEmbedded({ folder, cacheFolder: testCacheFolder });
const examined = await examine(db);
writeSync(1, `${JSON.stringify(examined)}\n`);
for (let n = examined.last + 1; n <= Number(howMany); n++) {
  await writePair(db, n);
  writeSync(1, `${n}\n`);
  if (n % 100 === 0) await db.query("checkpoint");
}
await db.close();
