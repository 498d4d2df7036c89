// A link to one document that works for ten minutes: for whoever holds it, without a log-in. Nothing in it can be read.
import { z } from "@hono/zod-openapi";
import { Hono } from "hono";
import type { SealFor } from "../connector-kit/seal.ts";
import { addressOf } from "./access/address-of.ts";
import { allowance } from "./access/allowance.ts";
import type { AppOptions, KeptFile } from "./app-options.ts";

export const linkMinutes = 10;

const place = "link to a file";
const ticket = z.object({ reference: z.string(), step: z.string(), until: z.number() });

export function linkToFile(
  sealFor: SealFor,
  file: { readonly reference: string; readonly step: string },
  now: Date,
): { readonly path: string; readonly until: Date } {
  const until = new Date(now.getTime() + linkMinutes * 60_000);
  const token = sealFor(place).close(JSON.stringify({ ...file, until: until.getTime() }));
  return { path: `/file/${token}`, until };
}

export function linkedFiles({ sealFor, openFile, proxies = 0 }: AppOptions): Hono {
  const hono = new Hono();
  const mayTry = allowance(60, 60_000);
  hono.get("/file/:token", async (c) => {
    if (!mayTry(addressOf(c, proxies))) return c.text("Too many requests: wait a minute.", 429);
    const opened = sealFor(place).open(c.req.param("token"));
    const read = ticket.safeParse(opened === undefined ? undefined : JSON.parse(opened));
    const isOpen = read.success && read.data.until > Date.now();
    const kept = isOpen ? await openFile(read.data.reference, read.data.step) : undefined;
    if (!kept) return c.text("This link does not work any more. Ask for a new one.", 404);
    return c.body(new Uint8Array(kept.bytes), 200, {
      ...fileHeaders(kept),
      "referrer-policy": "no-referrer",
      "x-robots-tag": "noindex, nofollow",
    });
  });
  return hono;
}

export const fileHeaders = ({ file }: KeptFile) => ({
  "content-type": file.mediaType,
  "content-disposition": `inline; filename="${file.fileName.replaceAll(/[^\w.-]/g, "_")}"`,
  "cache-control": "private, no-store",
});
