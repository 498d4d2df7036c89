import { z } from "zod";

export const loadTask = z.object({
  port: z.int(),
  path: z.string(),
  /** Keeps the events of several runs apart. */
  run: z.string(),
  /** Ends when all were delivered, or when the time is over. */
  letters: z.int().min(1).max(60_000),
  forMs: z.number().positive().max(30_000),
  connections: z.int().min(1).max(256),
});

export type LoadTask = z.infer<typeof loadTask>;

export const loadResult = z.object({
  requests: z.number(),
  perSecond: z.number(),
  p50Ms: z.number(),
  p99Ms: z.number(),
  /** Answered with anything but 200. */
  refused: z.number(),
});

export type LoadResult = z.infer<typeof loadResult>;
