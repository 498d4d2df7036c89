// Task 4: "PostNord was down; get the orders moving." Nobody presses anything.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { isDone } from "./plots.ts";
import type { Shop } from "./shop.ts";
import { type Device, type Suite, type Visit, visit, within } from "./suite.ts";

const count = 14;

export function outageHeals(suite: Suite): void {
  test("fourteen orders that wait for PostNord go on by themselves, at a desk and on a phone", {
    skip: suite.skip,
  }, async () => {
    const shop = suite.shop();
    const outage = breakPostnord(shop);
    const references = Array.from({ length: count }, (_, n) => shop.pay(`PK-1040-${n}`));
    await shop.ordersWhen(references, waitsForParcel);
    const [healed, desk, phone] = [0, 1, 2].map(() => Promise.withResolvers<void>());
    assert.ok(healed && desk && phone);
    const look = (device: Device, seen: PromiseWithResolvers<void>) =>
      visit(suite, { device }, async (visited) => {
        await tellsOfOutage(visited);
        seen.resolve();
        await healed.promise;
        await tellsItIsOver(visited);
        assert.equal(await visited.clicks(), 0);
      });
    const looks = Promise.all([look("desk", desk), look("phone", phone)]);
    await Promise.race([looks, Promise.all([desk.promise, phone.promise])]);
    // What lasts less than ten seconds is not told as resolved: nobody could have seen it.
    await sleep(11_000);
    const begun = performance.now();
    outage.end();
    await shop.ordersWhen(references, isDone);
    within(60, begun, `${count} orders go on`);
    healed.resolve();
    await looks;
    for (const one of references) assert.equal(shop.held(one, "shipment").length, 1);
    assert.deepEqual(outage.parcelsBefore.slice(0, 1), [0], "the first one after it");
    assert.ok((outage.parcelsBefore[1] ?? 0) >= 1, "goes alone, and the others after it");
  });
}

const waitsForParcel: Parameters<Shop["ordersWhen"]>[1] = ({ steps }) =>
  steps.some(({ name, cause }) => name === "booking" && cause?.startsWith("provider.") === true);

/** Every booking is refused until the end; from then on it is counted how many parcels were there before each. */
function breakPostnord({ provider, sandbox }: Shop) {
  let isDown = true;
  const parcels = () => sandbox.records().filter(({ kind }) => kind === "shipment").length;
  const atFirst = parcels();
  const parcelsBefore: number[] = [];
  provider("postnord").misbehave({
    how: "unavailable",
    times: Number.POSITIVE_INFINITY,
    when: ({ method, url }) => {
      const isBooking = method === "POST" && /\/v3\/edi$/.test(new URL(url).pathname);
      if (isBooking && !isDown) parcelsBefore.push(parcels() - atFirst);
      return isDown && isBooking;
    },
  });
  return {
    parcelsBefore,
    end: () => {
      isDown = false;
    },
  };
}

async function tellsOfOutage({ page }: Visit): Promise<void> {
  const card = page.getByRole("article", { name: /^PostNord: / });
  await card.getByText(new RegExp(`${count} orders`)).waitFor();
  await card.getByText("Nothing to do. The orders go on by themselves.").waitFor();
}

async function tellsItIsOver({ page }: Visit): Promise<void> {
  await page.getByRole("article", { name: /^PostNord: / }).waitFor({ state: "detached" });
  const resolved = page.getByRole("region", { name: "Resolved today" });
  const line = resolved.getByRole("listitem").filter({ hasText: /^PostNord: .*by itself/ });
  await line.filter({ hasText: `${count} orders` }).waitFor();
}
