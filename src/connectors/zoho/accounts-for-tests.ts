// An accounts server that gives these answers in turn, the last one for ever.
import assert from "node:assert/strict";
import { ActionError } from "../../connector-kit/action-error.ts";
import { noon } from "./shop-for-tests.ts";
import type { World } from "./token.ts";

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

export const tokenRequest = {
  accounts: "https://accounts.zoho.eu",
  dataCentre: "eu",
  clientId: "id",
  clientSecret: "secret",
  refreshToken: "refresh",
} as const;

export function accounts(...given: readonly Answer[]) {
  let asked = 0;
  const world = (minutes = 0, before: () => Promise<unknown> = async () => {}): World => ({
    now: () => new Date(noon.getTime() + minutes * 60_000),
    send: async (request) => {
      const answer = given[Math.min(asked++, given.length - 1)];
      await before();
      assert.equal(request.reads, true);
      const body = new TextEncoder().encode(JSON.stringify(answer?.body));
      return { status: answer?.status ?? 500, headers: {}, body, request };
    },
  });
  return { world, asked: () => asked };
}

export const grant = (token: string, extra: object = {}): Answer => ({
  status: 200,
  body: { access_token: token, expires_in: 3600, token_type: "Bearer", ...extra },
});

/** Lets everybody else go on; no time passes. */
export const moment = () => new Promise((resolve) => setImmediate(resolve));

/** What `promise` rejects with. */
export async function failure(promise: Promise<unknown>): Promise<ActionError> {
  const error = await promise.then(
    () => assert.fail("it should have failed"),
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof ActionError);
  return error;
}
