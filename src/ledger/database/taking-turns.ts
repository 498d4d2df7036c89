/** Returns a function that runs what it is given one after another, in the order of the calls. */
export function takingTurns(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work);
    last = mine.catch(() => {}); // The caller hears of it; the next in line need not.
    return mine;
  };
}
