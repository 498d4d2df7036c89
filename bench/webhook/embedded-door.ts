// Ordna with its database inside, taking letters and working on none: what the door alone can do. `ordna serve` would
// refuse to part door and worker here, because nobody else could do the work.
import { readSettings } from "../../src/settings.ts";
import { startOrdna } from "../../src/start-ordna.ts";
import shop from "../shop/ordna.config.ts";

await startOrdna({
  config: shop,
  settings: readSettings(process.env),
  role: "web",
  sandbox: undefined,
  simulators: new Map(),
  onError: (error) => process.stderr.write(`${String(error)}\n`),
});
