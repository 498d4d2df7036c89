// A person says: read this event again. What kept it from becoming an order may have been mended since.
import type { Ledger } from "../ledger/ledger.ts";
import { eventSubject } from "../ledger/subject.ts";

/** Undefined when there is no such event; false when it does not wait for a person, or nobody can read it. */
export async function readEventAgain(ledger: Ledger, id: string): Promise<boolean | undefined> {
  const subject = eventSubject("stripe", id);
  if (!(await ledger.loadEvent(subject))) return undefined;
  return ledger.readAgain(subject);
}
