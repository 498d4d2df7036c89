// What a measuring process is asked for, and what it answers.
import { z } from "zod";
import { engineNames } from "./engines.ts";

export const engineTask = z.object({
  engine: z.enum(engineNames),
  surroundings: z.object({
    providersUrl: z.string(),
    databaseUrl: z.string(),
    redisUrl: z.string(),
    folder: z.string(),
    concurrency: z.int().min(1),
  }),
  /** Processes of others that work for the engine, by name: their time counts as well. */
  watched: z.record(z.string(), z.int()),
  /** Keeps the orders of several runs apart. */
  run: z.string(),
  /** Made before the clock starts: compiled code, open connections. */
  warmUp: z.int().min(0),
  orders: z.int().min(1),
  /** "burst": 50 letters at the same time until all are in. "trickle": one every so many ms. */
  pace: z.union([z.literal("burst"), z.object({ everyMs: z.number().positive() })]),
});

export type EngineTask = z.infer<typeof engineTask>;

export const engineResult = z.object({
  orders: z.number(),
  /** From the first letter until the last order is done. */
  ordersPerSecond: z.number(),
  /** Time on a processor for one order, by process. */
  cpuMsPerOrder: z.record(z.string(), z.number()),
  /** From the letter until its order is done. */
  latencyMs: z.object({ p50: z.number(), p90: z.number(), max: z.number() }),
  /** How long the handler took. */
  acceptMs: z.object({ p50: z.number(), p99: z.number() }),
  /** When all was done; children included. */
  rssMb: z.number(),
  /** From the start of the process until the engine could take its first letter. */
  startMs: z.number(),
});

export type EngineResult = z.infer<typeof engineResult>;
