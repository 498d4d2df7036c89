import { test } from "node:test";
import { everythingOnce, isSecondLap } from "./short-lap-for-tests.ts";

if (!isSecondLap) {
  test("24 orders in chaos, embedded: everything once, although everything goes wrong", () =>
    everythingOnce("embedded"));
}
