import type { Words } from "./english.ts";
import { causes } from "./finnish/causes.ts";
import { conflict, decided, deeds } from "./finnish/deeds.ts";
import { inbox } from "./finnish/inbox.ts";
import * as office from "./finnish/office.ts";
import { fix, order, story } from "./finnish/order.ts";
import { orders } from "./finnish/orders.ts";
import * as settings from "./finnish/settings.ts";
import { shell } from "./finnish/shell.ts";
import { steps, unknownStep } from "./finnish/steps.ts";

export const finnish: Words = {
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
