import { test } from "node:test";
import { everythingOnce, isSecondLap } from "./short-lap-for-tests.ts";

if (isSecondLap) {
  test("24 orders in chaos, PostgreSQL: everything once, although everything goes wrong", () =>
    everythingOnce("postgres"));
}
