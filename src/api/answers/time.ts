// Days and time zones, as lists that count by day are asked for.
import { z } from "@hono/zod-openapi";

const zones = new Set(Intl.supportedValuesOf("timeZone"));

export const timeZone = z
  .string()
  .max(60)
  .refine((name) => name === "UTC" || zones.has(name), "No such time zone")
  .default("UTC")
  .describe("IANA name: whose midnight it is");

export const daysBack = (most: number) =>
  z
    .string()
    .regex(/^\d{1,3}$/)
    .transform(Number)
    .refine((days) => days >= 1 && days <= most, `A number from 1 to ${most}`)
    .default(14)
    .openapi({ type: "integer", minimum: 1, maximum: most, default: 14 });
