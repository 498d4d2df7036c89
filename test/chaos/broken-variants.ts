// Ordna, broken on purpose. A judge that finds nothing wrong with these would prove nothing.
interface BrokenVariant {
  readonly what: string;
  /** Where it is broken: the end of the file's path, what stands there, and what stands there then. */
  readonly file: string;
  readonly right: string;
  readonly wrong: string;
}

export const brokenVariants: Readonly<Record<string, BrokenVariant>> = {
  "never-looks": {
    what: "repeats what may have happened, and nobody looks first: duplicates",
    file: "/src/connector-kit/attempt.ts",
    right: 'isRepeat && action.repeat.how === "look-first"',
    wrong: "false",
  },
  "hasty-door": {
    what: "says 200 to an event before it is written down, and forgets nine of ten: lost orders",
    file: "/src/ingest/stripe-webhook.ts",
    right:
      'const known = event && mayBeKnown(event, options.now()) && eventSubject("stripe", event.id);',
    wrong: `const known = event && eventSubject("stripe", event.id);
      globalThis.letters = (globalThis.letters ?? 0) + 1;
      if (globalThis.letters % 10 > 0) return say(200, "Recorded.");`,
  },
};
