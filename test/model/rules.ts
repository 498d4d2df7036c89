// The discipline of the ledger and the worker, each part of which can be taken away to see what it is for.

export interface Rules {
  readonly repeat: "look-first" | "safe" | "ask-operator";
  /** A repeated attempt looks before it changes anything. */
  readonly looks: boolean;
  /** A step in flight is nobody else's while its lease lasts. */
  readonly leases: boolean;
  /** A step whose owner vanished is claimed by another. */
  readonly takesOver: boolean;
  /** After an unknown end nobody looks before the effect shows, or never will. */
  readonly settles: boolean;
  /** Nothing is sent after a deadline that ends before the lease does. */
  readonly hasDeadline: boolean;
  /** An outcome is written only under the fence of its claim. */
  readonly fencesFinish: boolean;
  /** A person's retry of a step in doubt makes it unknown, not ready. */
  readonly remembersDoubt: boolean;
  /** A person's retry does not shorten the settle window. */
  readonly retryWaits: boolean;
  /** The provider may answer with the id of a record that serves another step. */
  readonly idsMayBeTaken: boolean;
  /** An id that was taken leaves a doubt that waits out the settle window, too. */
  readonly takenSettles: boolean;
}

export const ledgerRules: Rules = {
  repeat: "look-first",
  looks: true,
  leases: true,
  takesOver: true,
  settles: true,
  hasDeadline: true,
  fencesFinish: true,
  remembersDoubt: true,
  retryWaits: true,
  idsMayBeTaken: true,
  takenSettles: true,
};

/** What goes wrong at most, all in one life of one step. */
export const bounds = { badCalls: 3, pauses: 2, crashes: 2 };

export type Flaw = "two effects" | "ready in doubt" | "done without effect" | "dead end";

export interface BadVariant {
  readonly name: string;
  readonly rules: Rules;
  /** What must come of it. */
  readonly flaw: Flaw;
}

const without = (name: string, less: Partial<Rules>, flaw: Flaw = "two effects"): BadVariant => ({
  name,
  rules: { ...ledgerRules, ...less },
  flaw,
});

const alone = { leases: false, settles: false, hasDeadline: false, fencesFinish: false };

export const badVariants: readonly BadVariant[] = [
  without("checkpoint only", { ...alone, looks: false }),
  without("look without lease", alone),
  without("lease without settle window", { settles: false }),
  without("settle window without deadline", { hasDeadline: false }),
  without("no fence on finish", { fencesFinish: false }),
  without("doubt forgotten on retry", { remembersDoubt: false }),
  without("retry by hand does not wait", { retryWaits: false }),
  without("safe to repeat, without settle window", { repeat: "safe", settles: false }),
  without("taken id is not settled", { takenSettles: false }),
  without("nobody takes over", { takesOver: false }, "dead end"),
];
