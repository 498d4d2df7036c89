// The OpenAPI document of the routes that are there, and a page that shows it. Nothing is loaded from elsewhere.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { OpenAPIHono } from "@hono/zod-openapi";
import { Hono } from "hono";
import { refuse } from "./refuse.ts";

/** What swagger-ui-dist holds, and what the page needs of it. */
const viewerFiles = {
  "swagger-ui-bundle.js": "text/javascript; charset=utf-8",
  "swagger-ui.css": "text/css; charset=utf-8",
} as const;

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Ordna API</title>
    <link rel="icon" href="/favicon.svg">
    <link rel="stylesheet" href="/api/docs/swagger-ui.css">
  </head>
  <body>
    <main id="api"></main>
    <script src="/api/docs/swagger-ui-bundle.js"></script>
    <script src="/api/docs/show.js"></script>
  </body>
</html>
`;

const show = `SwaggerUIBundle({ url: "/api/openapi.json", dom_id: "#api", validatorUrl: null });\n`;

/** The viewer draws its icons as data: addresses and styles a few elements directly. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export function apiDocs(api: OpenAPIHono, version: string): Hono {
  const hono = new Hono();
  hono.get("/openapi.json", (c) => c.json(describe(api, version)));
  hono.get("/docs", (c) => c.html(page, 200, { "content-security-policy": policy }));
  hono.get("/docs/show.js", (c) => c.body(show, 200, { "content-type": "text/javascript" }));
  hono.get("/docs/:file", (c) => {
    const name = c.req.param("file");
    if (!isViewerFile(name)) return refuse(c, 404, "There is no such file.");
    const path = fileURLToPath(import.meta.resolve(`swagger-ui-dist/${name}`));
    return c.body(new Uint8Array(readFileSync(path)), 200, { "content-type": viewerFiles[name] });
  });
  return hono;
}

const isViewerFile = (name: string): name is keyof typeof viewerFiles =>
  Object.hasOwn(viewerFiles, name);

function describe(api: OpenAPIHono, version: string) {
  return api.getOpenAPI31Document({
    openapi: "3.1.0",
    info: { title: "Ordna", version, description: "Orders from paid to parcel." },
    servers: [{ url: "/api" }],
  });
}
