// Who wants to hear which channel.

type Listener = (payload: string) => void;

export interface Listeners {
  /** Returns the way to remove it, which says whether it was the last of its channel. */
  add(channel: string, listener: Listener): () => boolean;
  channels(): readonly string[];
  hear(channel: string, payload: string): void;
  /** Something may have been missed: everybody is told to look. */
  hearAll(): void;
}

export function listeners(): Listeners {
  const all = new Map<string, Set<{ readonly listener: Listener }>>();
  const hear = (channel: string, payload: string): void => {
    for (const { listener } of all.get(channel) ?? []) {
      setImmediate(listener, payload); // Not in the midst of reading an answer.
    }
  };
  return {
    add(channel, listener) {
      const present = all.get(checked(channel)) ?? new Set();
      const mine = { listener }; // The same function may be added twice.
      all.set(channel, present.add(mine));
      return () => {
        const wasLast = present.delete(mine) && present.size === 0;
        if (wasLast) all.delete(channel);
        return wasLast;
      };
    },
    channels: () => [...all.keys()],
    hear,
    hearAll: () => {
      for (const channel of all.keys()) hear(channel, "");
    },
  };
}

export const listenStatement = (channel: string): string => `listen ${checked(channel)}`;
export const unlistenStatement = (channel: string): string => `unlisten ${checked(channel)}`;

/** LISTEN takes no parameters, so the name becomes part of the statement. */
function checked(channel: string): string {
  if (/^[a-z_][a-z0-9_]{0,62}$/.test(channel)) return channel;
  throw new Error(`${JSON.stringify(channel)} is no channel name: use a-z, 0-9 and _.`);
}
