// Task 1: "What needs me now?"
import assert from "node:assert/strict";
import { z } from "zod";
import { logIn } from "./people.ts";
import { isHeld, wrongPostalCode } from "./plots.ts";
import { onEachDevice, type Suite, visit } from "./suite.ts";

const answered = z.object({ needsYou: z.int() });

export function whatNeedsMe(suite: Suite): void {
  onEachDevice(suite, "what needs me now is the first thing after logging in", async (device) => {
    const { orderWhen, pay, ask } = suite.shop();
    await orderWhen(pay(`PK-11-${device}`, wrongPostalCode), isHeld("check"));
    const options = { storageState: { cookies: [], origins: [] } };
    await visit(suite, { device, options }, async ({ page, clicks }) => {
      await logIn(page, "manager");
      const { needsYou } = answered.parse(await ask("/inbox"));
      const heading = page.getByRole("heading", { name: /^Needs you/ });
      await heading.waitFor();
      assert.match(await heading.innerText(), new RegExp(`\\b${needsYou} orders?`));
      const button = page
        .getByRole("main")
        .getByRole("button")
        .or(page.getByRole("link", { name: /^Mend it/ }))
        .first();
      const box = await button.boundingBox();
      const height = page.viewportSize()?.height ?? 0;
      // A phone's bar of pages covers the lowest part.
      assert.ok(box && box.y + box.height < height - 60, "the first button is in sight");
      assert.ok((await clicks()) <= 1, "logging in was the only click");
    });
  });
}
