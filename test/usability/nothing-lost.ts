// Task 11: "Did we lose anything while the server was off last night?"
import assert from "node:assert/strict";
import { isDone } from "./plots.ts";
import { onEachDevice, type Suite, visit } from "./suite.ts";

const dayMs = 24 * 3600_000;

export function nothingLost(suite: Suite): void {
  onEachDevice(
    suite,
    "three payments of last night are found, entered, and their buyers left in peace",
    async (device) => {
      const { payUnheard, orderWhen, held } = suite.shop();
      // Another night for each device: a day has one row.
      const night = new Date(Date.now() - (device === "desk" ? 2 : 3) * dayMs);
      const references = [1, 2, 3].map((n) =>
        payUnheard(`PK-1110-${device}-${n}`, { createdAt: night }),
      );
      const day = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Helsinki" }).format(night);
      const british = new Intl.DateTimeFormat("en-GB", { dateStyle: "short", timeZone: "UTC" });
      const shown = british.format(new Date(`${day}T00:00:00Z`));
      await visit(suite, { role: "owner", device, address: "/proof" }, async ({ page }) => {
        const row = page.locator("tr, li").filter({ hasText: shown });
        await row.getByText(/^Ordna was not at work from .+ to .+\.$/).waitFor();
        await page.getByLabel("From").fill(day);
        await page.getByLabel("Until").fill(day);
        await page.getByRole("button", { name: "Compare" }).click();
        const list = page.getByRole("region", { name: "Compare with Stripe" });
        await page.getByRole("button", { name: "Enter 3 missing" }).waitFor();
        assert.equal((await list.innerText()).match(/€126\.70/g)?.length, 3);
        assert.deepEqual(
          references.flatMap((one) => held(one, "shipment")),
          [],
          "only looked at",
        );
        await page.getByLabel("Confirmation").uncheck();
        await page.getByRole("button", { name: "Enter 3 missing" }).click();
        await page.getByText("3 entered. They go on by themselves.").waitFor();
        for (const reference of references) {
          await orderWhen(reference, isDone);
          assert.equal(held(reference, "shipment").length, 1);
          assert.equal(held(reference, "invoice").length, 1);
          assert.equal(held(reference, "message").length, 0, "no e-mail about an old order");
        }
        await page.getByRole("button", { name: "Compare" }).click();
        await page.getByText("Nothing is missing: every payment of these days is known.").waitFor();
      });
    },
  );
}
