// What naive code gets wrong with a provider, and the test that shows that Ordna does not.

/** `quirks.ts` of every connector lists them; `npm run quirks` counts how many a passing test covers. */
export type Quirk = {
  /** Short, unique within the provider, kept for ever: "thin-event". */
  readonly id: string;
  /** One sentence: what the provider does. */
  readonly what: string;
} & (
  | {
      /** Exact names of the tests that show how Ordna takes it. */
      readonly tests: readonly [string, ...string[]];
    }
  | {
      /** Why it cannot happen to Ordna. */
      readonly cannotApply: string;
    }
);
