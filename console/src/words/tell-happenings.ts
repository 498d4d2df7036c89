// What happened at the providers, in sentences. Attempts that belong together are told as one.
import type { Happening } from "../api/order-schema.ts";
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
  const words = [...doubtWords(doubts), endWords(last, doubts.length > 0, episode.length)];
  return {
    key: `${episode[0].step} ${episode[0].at}`,
    at: last.at,
    mark: marks[last.outcome ?? "running"],
    sentence: `${isPlain ? who : `${who}, ${stepName(last.step).toLowerCase()}`}: ${words.join("; ")}.`,
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
    return ["Ordna was stopped in the middle"];
  }
  return [doubts.length === 1 ? "answer lost" : `answer lost ${doubts.length} times`];
}

function endWords(last: Happening, wasInDoubt: boolean, count: number): string {
  switch (last.outcome) {
    case "succeeded":
      if (!wasInDoubt) return stepDone(last.step);
      return `we made sure that it counts once; ${stepDone(last.step)}`;
    case "found":
      return wasInDoubt
        ? "we looked; it was there, we kept it"
        : "it was there already, we kept it";
    case "absent":
      return "we looked; it was not there";
    case "refused":
      return `could not be done yet${count > 1 && !wasInDoubt ? `, ${count} times` : ""}; nothing happened`;
    case "rejected":
      return "refused; nothing happened";
    case "unknown":
    case "abandoned":
      return "it may have been done, so we look first";
    case null:
      return wasInDoubt ? "we are looking now" : "at work now";
  }
}
