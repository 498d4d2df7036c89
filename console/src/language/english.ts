// What the page says. Every other language has the same keys, or it does not compile.
import { causes } from "./english/causes.ts";
import { conflict, decided, deeds } from "./english/deeds.ts";
import { inbox } from "./english/inbox.ts";
import * as office from "./english/office.ts";
import { fix, order, story } from "./english/order.ts";
import { orders } from "./english/orders.ts";
import * as settings from "./english/settings.ts";
import { shell } from "./english/shell.ts";
import { steps, unknownStep } from "./english/steps.ts";

export const english = {
  shell,
  orders,
  order,
  story,
  fix,
  steps,
  unknownStep,
  causes,
  inbox,
  deeds,
  decided,
  conflict,
  ...office,
  ...settings,
};

export type Words = typeof english;
