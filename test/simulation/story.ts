// What happened to one order, line by line, for whoever has to understand a failing seed.

export interface Story {
  /** False when nobody listens. */
  readonly isTold: boolean;
  /** `reference` is undefined for what happens to a process as a whole. */
  tell(who: string, reference: string | undefined, what: () => string): void;
}

export const noStory: Story = { isTold: false, tell: () => {} };

export interface ToldStory extends Story {
  readonly lines: readonly string[];
}

/** Only what concerns this order, and what happened to processes while they worked on it. */
export function storyOf(wanted: string, now: () => number): ToldStory {
  const lines: string[] = [];
  const lastSeen = new Map<string, number>();
  const recentMs = 600_000;
  return {
    lines,
    isTold: true,
    tell(who, reference, what) {
      const isAboutProcess = reference === undefined;
      const isNear = now() - (lastSeen.get(who) ?? -Infinity) < recentMs;
      if (isAboutProcess ? !isNear : reference !== wanted) return;
      if (!isAboutProcess) lastSeen.set(who, now());
      lines.push(`${asTime(now())}  ${who.padEnd(10)} ${what()}`);
    },
  };
}

function asTime(ms: number): string {
  return new Date(ms).toISOString().slice(11, 23);
}
