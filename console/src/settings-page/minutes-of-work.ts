const kept = "ordna-minutes";
const usual = 12;

/** How long a person would work on one order by hand: theirs to say, in their browser. */
export function minutesOfWork(): number {
  const minutes = Number(localStorage.getItem(kept) ?? usual);
  return Number.isFinite(minutes) && minutes > 0 && minutes < 1000 ? minutes : usual;
}

export const keepMinutesOfWork = (minutes: number): void =>
  localStorage.setItem(kept, String(minutes));
