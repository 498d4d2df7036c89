import { numbersOf } from "./numbers-of.ts";
import { onceEverywhere } from "./once-everywhere.ts";
import { isDone } from "./plots.ts";
import type { Shop } from "./shop.ts";
import { type Device, onEachDevice, type Suite, type Visit, visit } from "./suite.ts";

/** Netvisor makes the invoice and the answer never comes. `then` happens in between. */
function loseInvoice({ provider }: Shop, then = () => {}): () => void {
  return provider("netvisor").misbehave({
    how: "lose-answer",
    times: 1,
    when: ({ url, method }) => {
      const isIt = method === "POST" && /salesinvoice\.nv$/.test(new URL(url).pathname);
      if (isIt) then();
      return isIt;
    },
  });
}

async function tellsItWasFound({ page }: Visit, invoice: string, words: RegExp): Promise<void> {
  await page.getByText(words).first().waitFor();
  await page.getByText(`Invoice ${invoice}`).first().waitFor();
}

export function foundNotRepeated(suite: Suite): void {
  onEachDevice(
    suite,
    "an invoice whose answer was lost is told to be found, and is one",
    async (device) => {
      const shop = suite.shop();
      loseInvoice(shop);
      const order = await shop.orderWhen(shop.pay(`PK-1060-${device}`), isDone);
      onceEverywhere(shop, order);
      const address = `/orders/${order.reference}`;
      await visit(suite, { device, address }, (visited) =>
        tellsItWasFound(
          visited,
          numbersOf(order).invoice,
          /answer lost; we looked; it was there, we kept it/,
        ),
      );
    },
  );

  onEachDevice(
    suite,
    "killed while the invoice is made, Ordna comes back, and so does the open page",
    (device) => killedAtTheInvoice(suite, device),
  );
}

async function killedAtTheInvoice(suite: Suite, device: Device): Promise<void> {
  const shop = suite.shop();
  const number = `PK-1061-${device}`;
  const killed = new Promise<void>((resolve) => {
    loseInvoice(shop, () => resolve(shop.kill()));
  });
  await visit(suite, { device, address: "/orders" }, async (visited) => {
    const { page, expectOutage } = visited;
    await page.getByRole("heading", { name: "Orders" }).waitFor();
    expectOutage();
    const reference = shop.pay(number);
    await killed;
    await page.getByText(/^Not live since/).waitFor();
    await shop.startAgain();
    await page.getByText(/^Not live since/).waitFor({ state: "detached" });
    // Nobody reloads: what happened meanwhile is there.
    const order = await shop.orderWhen(reference, isDone);
    await page.getByRole("link", { name: number }).click();
    await page.getByRole("heading", { name: `Order ${number}` }).waitFor();
    const found = /Ordna was stopped in the middle; we looked; it was there, we kept it/;
    await tellsItWasFound(visited, numbersOf(order).invoice, found);
    onceEverywhere(shop, order);
  });
}
