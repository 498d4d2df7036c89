// The unluckiest delay: an owner that looked, found nothing and was refused writes it down just after its heir's claim.
import type { Claim, Ending, Ledger } from "../../src/ledger/ledger.ts";
import type { MemoryLedger } from "./memory-ledger.ts";

/** Once for each step. Harmless while an outcome counts only under its own fence; `isFenced` false: it counts under whatever fence is there. */
export function lateWriter(ledger: MemoryLedger, isFenced: boolean): Ledger {
  const late = new Map<string, { readonly claim: Claim; readonly ending: Ending }>();
  const struck = new Set<string>();
  const nameOf = ({ run, name }: Pick<Claim, "run" | "name">) => `${run}/${name}`;
  return {
    ...ledger,
    async finish(claim, ending) {
      const isMeant = ending.kind === "retry" && ending.wasAbsent && !struck.has(nameOf(claim));
      if (!isMeant) return ledger.finish(claim, ending);
      struck.add(nameOf(claim));
      late.set(nameOf(claim), { claim, ending });
      throw new Error("The connection broke: nobody knows whether it was written.");
    },
    async claim(request) {
      const claim = await ledger.claim(request);
      const written = claim && late.get(nameOf(claim));
      if (claim && written) {
        late.delete(nameOf(claim));
        const fence = isFenced ? written.claim.fence : claim.fence;
        await ledger.finish({ ...written.claim, fence }, written.ending);
      }
      return claim;
    },
  };
}
