// What happened at the providers, in sentences. Attempts that belong together are told as one.
import type { Happening } from "../api/order-schema.ts";
import { words } from "../language/words.ts";
import { providerName } from "./provider-name.ts";
import type { Mark } from "./step-mark.ts";
import { stepDone, stepName } from "./step-words.ts";

export interface Told {
  readonly key: string;
  readonly at: string;
  readonly mark: Mark;
  readonly sentence: string;
  /** What the provider or the step said. */
  readonly detail: string | null;
}

/** Oldest first. */
export function tellHappenings(happenings: readonly Happening[]): readonly Told[] {
  const told = episodesOf(happenings).map(tellEpisode);
  return told.sort((a, b) => a.at.localeCompare(b.at));
}

type Episode = readonly [Happening, ...Happening[]];

/** Attempts at one step that only make sense together: a doubt and its answer, the same refusal again and again. */
function episodesOf(happenings: readonly Happening[]): Episode[] {
  const episodes: Episode[] = [];
  const latest = new Map<string, number>();
  for (const happening of happenings) {
    const index = latest.get(happening.step);
    const episode = index === undefined ? undefined : episodes[index];
    if (episode && index !== undefined && goesOn(episode, happening)) {
      episodes[index] = [...episode, happening];
    } else {
      latest.set(happening.step, episodes.push([happening]) - 1);
    }
  }
  return episodes;
}

function goesOn(episode: Episode, next: Happening): boolean {
  const last = episode.at(-1) ?? episode[0];
  if (isDoubt(last)) return true;
  return last.outcome === "refused" && next.outcome === "refused" && last.message === next.message;
}

const isDoubt = ({ outcome }: Happening) => outcome === "unknown" || outcome === "abandoned";

function tellEpisode(episode: Episode): Told {
  const last = episode.at(-1) ?? episode[0];
  const doubts = episode.filter(isDoubt);
  const isPlain = last.outcome === "succeeded" && doubts.length === 0;
  const who = providerName(last.provider);
  const told = [...doubtWords(doubts), endWords(last, doubts.length > 0, episode.length)];
  return {
    key: `${episode[0].step} ${episode[0].at}`,
    at: last.at,
    mark: marks[last.outcome ?? "running"],
    sentence: `${isPlain ? who : `${who}, ${stepName(last.step).toLowerCase()}`}: ${told.join("; ")}.`,
    detail: last.outcome === "succeeded" || last.outcome === "found" ? null : last.message,
  };
}

const marks: Readonly<Record<NonNullable<Happening["outcome"]> | "running", Mark>> = {
  succeeded: "done",
  found: "done",
  absent: "waiting",
  refused: "waiting",
  rejected: "needs-you",
  unknown: "waiting",
  abandoned: "waiting",
  running: "running",
};

function doubtWords(doubts: readonly Happening[]): string[] {
  if (doubts.length === 0) return [];
  if (doubts.every(({ outcome }) => outcome === "abandoned")) {
    return [words().story.stopped];
  }
  return [words().story.answerLost(doubts.length)];
}

function endWords(last: Happening, wasInDoubt: boolean, count: number): string {
  const { story } = words();
  switch (last.outcome) {
    case "succeeded":
      if (!wasInDoubt) return stepDone(last.step);
      return story.countsOnce(stepDone(last.step));
    case "found":
      return wasInDoubt ? story.foundAfterDoubt : story.foundAtOnce;
    case "absent":
      return story.absent;
    case "refused":
      return story.refused(wasInDoubt ? 1 : count);
    case "rejected":
      return story.rejected;
    case "unknown":
    case "abandoned":
      return story.doubt;
    case null:
      return wasInDoubt ? story.looking : story.atWork;
  }
}
