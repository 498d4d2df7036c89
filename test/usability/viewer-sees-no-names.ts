// Whoever only looks sees no personal data, and changes nothing: asked of every address that the server describes.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { APIRequestContext } from "playwright-core";
import { z } from "zod";
import { isHeld, wrongPostalCode } from "./plots.ts";
import { type Suite, visit } from "./suite.ts";

const described = z.object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) });

/** Logging in and out, and one's own account, are everybody's. */
const isOnesOwn = (path: string) => /^\/(session|account|oidc)(\/|$)/.test(path);
const streams = /^\/stream$/;
/** As the buyer wrote them; the town may be seen. */
const secrets = ["held@example.com", "358401234567", "Hämeenkatu", "331OO", "Ostäjä"];

export function viewerSeesNoNames(suite: Suite): void {
  test("a viewer finds no name, no address and no e-mail in any answer, and changes nothing", {
    skip: suite.skip,
  }, async () => {
    const shop = suite.shop();
    const reference = shop.pay("PK-2001", wrongPostalCode);
    await shop.orderWhen(reference, isHeld("check"));
    const { paths } = described.parse(await shop.ask("/openapi.json"));
    const address = `/orders/${reference}`;
    await visit(suite, { role: "viewer", address }, async ({ page }) => {
      await page.getByRole("heading", { name: "Order PK-2001" }).waitFor();
      assert.deepEqual(secretsIn(await page.locator("main").innerText()), []);
      const request = page.context().request;
      const [looks, changes] = [tally(), tally()];
      for (const [described, operations] of Object.entries(paths)) {
        const path = described.replace(/^\/api(?=\/)/, "");
        const concrete = filled(path, reference);
        if (streams.test(path)) continue;
        for (const method of Object.keys(operations)) {
          if (method === "get") looks.add(path, await namesIn(request, shop.url + concrete));
          else if (!isOnesOwn(path)) {
            changes.add(path, await letsChange(request, method, shop.url + concrete));
          }
        }
      }
      assert.deepEqual(looks.complaints, []);
      assert.deepEqual(changes.complaints, []);
      assert.ok(looks.count > 20 && changes.count > 20, `${looks.count}, ${changes.count}`);
    });
  });
}

function tally() {
  const complaints: string[] = [];
  const all = { complaints, count: 0, add };
  function add(path: string, complaint: string | undefined) {
    all.count += 1;
    if (complaint !== undefined) complaints.push(`${path}: ${complaint}`);
  }
  return all;
}

const secretsIn = (text: string) => secrets.filter((secret) => text.includes(secret));

/** Every parameter but the order's is a number that nobody has. */
const filled = (path: string, reference: string) =>
  `/api${path.replace("{reference}", reference).replaceAll(/\{\w+\}/g, "1")}`;

async function namesIn(request: APIRequestContext, url: string): Promise<string | undefined> {
  const answer = await request.get(url, { maxRedirects: 0 });
  const found = answer.status() < 300 ? secretsIn(await answer.text()) : [];
  return found.length > 0 ? found.join(", ") : undefined;
}

async function letsChange(
  request: APIRequestContext,
  method: string,
  url: string,
): Promise<string | undefined> {
  const { origin } = new URL(url);
  const answer = await request.fetch(url, { method, data: {}, headers: { origin } });
  return answer.status() === 403 ? undefined : `${method} ${answer.status()}`;
}
