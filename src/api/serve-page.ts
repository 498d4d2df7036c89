// The built page from dist/console, and index.html for every address inside it.
import { readFileSync, statSync } from "node:fs";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import type { Handler } from "hono";
import { findVisitor } from "./access/find-visitor.ts";
import type { AppOptions } from "./app-options.ts";
import { askToLogIn } from "./log-in-page.ts";

const folder = fileURLToPath(new URL("../../dist/console/", import.meta.url));

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".webmanifest": "application/manifest+json",
};

export function servePage({ db, access }: Pick<AppOptions, "db" | "access">): Handler {
  return async (c) => {
    const path = normalize(new URL(c.req.url).pathname).replace(/^[/\\]+/, "");
    const asset = path.startsWith("assets/") || path === "favicon.svg" ? path : "index.html";
    if (asset === "index.html" && !(await findVisitor(c, db, access))) return askToLogIn(c);
    const file = join(folder, asset);
    if (!file.startsWith(folder) || !isFile(file)) {
      const hint = asset === "index.html" ? "The page is not built: run npm start." : "Not found.";
      return c.text(hint, 404);
    }
    const isHashed = asset.startsWith("assets/");
    return c.body(new Uint8Array(readFileSync(file)), 200, {
      "content-type": types[extname(file)] ?? "application/octet-stream",
      "cache-control": isHashed ? "public, max-age=31536000, immutable" : "no-cache",
    });
  };
}

/** A folder of the page is there, but nothing to be served. */
const isFile = (path: string) => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
