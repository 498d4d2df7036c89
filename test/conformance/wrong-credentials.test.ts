// What `ordna doctor` hears of each simulated provider: one sentence when all is well, and one for each secret that is wrong.
import assert from "node:assert/strict";
import { test } from "node:test";
import config from "../../ordna.config.ts";
import { ActionError } from "../../src/connector-kit/action-error.ts";
import type { Connector, TokenStore } from "../../src/connector-kit/connector.ts";
import { directSend } from "../../src/connector-kit/direct-send.ts";
import type { RoleName } from "../../src/connector-kit/roles.ts";
import { memoryKit } from "../../src/connector-kit/simulator.ts";
import { s3 } from "../../src/connectors/s3/connector.ts";

const { pikkuna } = config.stores;
assert.ok(pikkuna);
const connectors: readonly Connector<RoleName>[] = [
  pikkuna.payments,
  pikkuna.crm,
  pikkuna.worklist,
  pikkuna.carrier,
  pikkuna.accounting,
  pikkuna.mail,
  pikkuna.alerts,
  s3({ bucket: "shop-files", region: "eu-north-1" }),
];

/** Checked when a webhook comes or an e-mail goes out, which a look must not do. */
const unseen = ["stripe.webhookSecrets", "mailgun.sendingKey"];

const tokens = (): TokenStore => ({ read: async () => undefined, write: async () => true });

async function check(connector: Connector<RoleName>, wrong: Readonly<Record<string, string>> = {}) {
  const simulator = connector.simulate(memoryKit());
  const { provider, hosts, connection } = connector;
  const wiring = {
    hosts,
    secrets: { ...simulator.secrets, ...wrong },
    connection: { ...connection, provider, simulated: true },
    tokens: tokens(),
  };
  return connector.check(wiring, directSend(simulator));
}

for (const connector of connectors) {
  const { provider, secrets, optionalSecrets } = connector;
  test(`the doctor says in a sentence how it stands with ${provider}`, async () => {
    assert.match(await check(connector), /^\S.{15,600}\.$/s);
  });
  for (const name of Object.keys({ ...secrets, ...optionalSecrets })) {
    if (unseen.includes(`${provider}.${name}`)) continue;
    test(`the doctor says in a sentence that ${provider}'s ${name} is wrong, and does not show it`, async () => {
      const wrong = `${provider === "stripe" ? "sk_test_" : "wrong-"}0123456789abcdef`;
      await assert.rejects(check(connector, { [name]: wrong }), (error) => {
        assert.ok(error instanceof ActionError, String(error));
        assert.match(error.message, /^[A-Z"].{15,500}\S$/s);
        assert.ok(!error.message.includes(wrong), error.message);
        return true;
      });
    });
  }
}
