// Keeps V8 from spending 600 MB on one function of PostgreSQL.
import { setFlagsFromString } from "node:v8";

/*
 * One WebAssembly function of PGlite is 105 kB long (most likely the SQL parser). V8 finds it hot
 * within the first second and optimises it in the background with 604 MB of memory (measured: `node
 * --trace-wasm-compilation-times`), which the process keeps for a long while. A function that was
 * first compiled while tiering was off is never optimised later; so it is off while a database
 * opens (that function runs then) and on again afterwards: hot code met later still becomes fast.
 * The peak fell from 850 to 250 MB. These are V8's flags: should a future one not know them, it
 * says so on stderr and costs memory, nothing else.
 */
let opening = 0;

export async function withoutWasmTiering<T>(open: () => Promise<T>): Promise<T> {
  opening += 1;
  tier(false);
  try {
    return await open();
  } finally {
    opening -= 1;
    tier(opening === 0);
  }
}

function tier(isOn: boolean): void {
  const no = isOn ? "" : "no-";
  setFlagsFromString(`--${no}wasm-tier-up`);
  setFlagsFromString(`--${no}wasm-dynamic-tiering`);
}
