import { test } from "node:test";
import { everythingOnce, isWithRedis } from "./short-lap-for-tests.ts";

if (isWithRedis) {
  test("20 orders in chaos, PostgreSQL and Redis: everything once, although everything goes wrong", () =>
    everythingOnce("redis"));
}
