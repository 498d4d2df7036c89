// The first owner comes by a link and invites the others; each logs in by the form, as anybody does.
import assert from "node:assert/strict";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { z } from "zod";
import type { Shop } from "./shop.ts";

/** The owner comes first, and invites. */
export const roles = ["owner", "manager", "finance", "developer", "viewer"] as const;
export type Role = (typeof roles)[number];

/** What a browser remembers of somebody who is logged in. */
export type Session = Awaited<ReturnType<BrowserContext["storageState"]>>;

const emailOf = (role: Role) => `${role}@shop.example`;
const password = "four words are easily kept";
const invited = z.object({ link: z.string() });

export async function letPeopleIn(browser: Browser, shop: Shop): Promise<Map<Role, Session>> {
  const sessions = new Map<Role, Session>();
  const links = new Map<Role, string>();
  for (const role of roles) {
    const context = await browser.newContext();
    const page = await context.newPage();
    if (role === "owner") {
      await page.goto(await shop.welcomeLink());
      await page.getByRole("heading", { level: 1 }).waitFor({ state: "attached" });
      await page.goto(`${shop.url}/log-in#password`);
      await page.locator("#password [name=email]").fill(emailOf(role));
      await page.locator("#password [name=password]").fill(password);
      await page.getByRole("button", { name: "Keep it" }).click();
    } else {
      await page.goto(links.get(role) ?? "");
      await page.locator("#accept [name=name]").fill(role);
      await page.locator("#accept [name=password]").fill(password);
      await page.getByRole("button", { name: "Come in" }).click();
    }
    await page.waitForURL(`${shop.url}/`);
    for (const other of role === "owner" ? roles.slice(1) : []) {
      const answer = await context.request.post(`${shop.url}/api/invitations`, {
        data: { email: emailOf(other), role: other },
        headers: { origin: shop.url },
      });
      assert.equal(answer.status(), 200, await answer.text());
      links.set(other, invited.parse(await answer.json()).link);
    }
    sessions.set(role, await context.storageState());
    await context.close();
  }
  return sessions;
}

/** Fills in the form that everybody meets who is not logged in. */
export async function logIn(page: Page, role: Role): Promise<void> {
  await page.locator("#log-in [name=email]").fill(emailOf(role));
  await page.locator("#log-in [name=password]").fill(password);
  await page.getByRole("button", { name: "Log in" }).click();
}
