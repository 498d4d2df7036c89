// Loaded before Ordna: breaks it as CHAOS_BROKEN says.
import { registerHooks } from "node:module";
import { brokenVariants } from "./broken-variants.ts";

const variant = brokenVariants[process.env.CHAOS_BROKEN ?? ""];
if (!variant) throw new Error("CHAOS_BROKEN names no known way to break Ordna.");
const { file, right, wrong } = variant;

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    if (!url.endsWith(file)) return loaded;
    const source = String(loaded.source);
    if (!source.includes(right)) throw new Error(`broken-variants.ts no longer fits ${url}.`);
    return { ...loaded, source: source.replace(right, wrong) };
  },
});
