import { test } from "node:test";
import { everythingOnce, isWithRedis } from "./short-lap-for-tests.ts";

if (isWithRedis) {
  test("24 orders in chaos, PostgreSQL and Redis: everything once, although everything goes wrong", () =>
    everythingOnce("redis"));
}
