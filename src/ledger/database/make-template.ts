// Run by template.ts as a process of its own: initialises a database in the folder that it is
// given, and ends.
import { rmSync } from "node:fs";
import { PGlite } from "@electric-sql/pglite";
import { withoutWasmTiering } from "./lean-wasm.ts";

const [folder] = process.argv.slice(2);
const parent = process.ppid;
if (!folder) throw new Error("Say the folder.");
await withoutWasmTiering(async () => {
  // Write-ahead log in files of 4 MB instead of 16: less to copy, and room for a small
  // max_wal_size.
  const pglite = await PGlite.create({ dataDir: folder, initDbStartParams: ["--wal-segsize=4"] });
  // Nobody can ever connect to these two. They are two thirds of the files, and as nobody can
  // vacuum them either, they would stop the database after two thousand million transactions.
  await pglite.exec("update pg_database set datistemplate = false");
  await pglite.exec("drop database template0");
  await pglite.exec("drop database template1");
  await pglite.close();
});
// Whoever waited for it was killed meanwhile, and the next start has made its own.
if (process.ppid !== parent) rmSync(folder, { recursive: true });
