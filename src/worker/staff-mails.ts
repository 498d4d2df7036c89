// Every minute: the people who work here are told by e-mail what is new, and on Mondays how the week went.

import { settleMs } from "../connector-kit/action.ts";
import type { ActionError } from "../connector-kit/action-error.ts";
import { attempt } from "../connector-kit/attempt.ts";
import type { Letter } from "../language/letter.ts";
import {
  composeStaffAlert,
  composeStaffDigest,
  type StaffReader,
} from "../language/staff-letter.ts";
import type { Database } from "../ledger/database/database.ts";
import { reportOrders } from "../ledger/report-orders.ts";
import {
  alertsIn,
  beginStaffMail,
  gatherAlerts,
  giveBackStaffMail,
  makeDigest,
  oldestOpen,
  openStaffMails,
  passStaffMail,
  type StaffMail,
} from "../ledger/staff-mails.ts";
import { alertCall } from "./alert-call.ts";
import type { Round } from "./round.ts";
import { type ShopTime, shopTime } from "./shop-time.ts";
import { visitAccount } from "./visit-account.ts";
import type { Store, World } from "./world.ts";

const subject = "staff/mails";
const roundMs = 60_000;
/** The digest is out on Monday, once people are there. */
const digestFrom = "07:00";

type Staff = NonNullable<Store["staffMail"]>;

export function staffMails(world: World, db: Database): Round {
  const stores = [...world.stores.values()].filter(({ staffMail }) => staffMail);
  return {
    begin: async () => {
      if (stores.length > 0) await world.ledger.due.wake(subject, roundMs);
    },
    isFor: (asked) => asked === subject,
    async handle() {
      for (const store of stores)
        if (store.staffMail) await tell(world, db, store, store.staffMail);
      return stores.length > 0 ? roundMs : undefined;
    },
    stop: () => {},
  };
}

async function tell(world: World, db: Database, store: Store, staff: Staff): Promise<void> {
  const now = shopTime(world.clock.now(), staff.timeZone);
  if (isQuiet(now, staff.quiet)) return;
  await gatherAlerts(db, store.name);
  if (staff.digest !== false && now.weekday === "Mon" && now.time >= digestFrom) {
    await makeDigest(db, store.name, now.week);
  }
  for (const mail of await openStaffMails(db, store.name))
    await send(world, db, store, staff, mail);
}

export function isQuiet({ time }: Pick<ShopTime, "time">, quiet: Staff["quiet"]): boolean {
  if (!quiet) return false;
  const { from, until } = quiet;
  return from <= until ? from <= time && time < until : time >= from || time < until;
}

/** To its next receiver; the others follow a minute later each, or at once when this one is through. */
async function send(
  world: World,
  db: Database,
  store: Store,
  staff: Staff,
  mail: StaffMail,
): Promise<void> {
  const receiver = staff.receivers[mail.sent];
  // There are fewer receivers than there were.
  if (!receiver) return passStaffMail(db, mail.id, 0, undefined);
  const { connection } = staff.send;
  // What may be on its way is looked for once the provider can show it.
  if (!(await beginStaffMail(db, mail, connection.deadlineMs + settleMs(connection)))) return;
  const key = `staff-${mail.id}-${mail.sent}`;
  const visit = await visitAccount(world, { connection, holder: key, subject });
  if (visit.kind !== "in") return giveBackStaffMail(db, mail.id, "The mail provider is busy.");
  let error: ActionError | "unused" | undefined = "unused";
  try {
    const reader = { ...staff, linkTo: store.linkTo, language: receiver.language };
    const letter = await compose(db, store, reader, mail);
    const message = { to: { email: receiver.email }, attachments: [], ...letter };
    const call = {
      ...alertCall(world, store, { id: mail.id, reference: undefined }, visit.send),
      key,
    };
    const outcome = await attempt(staff.send, message, call, mail.wasBegun);
    error = outcome.kind === "done" ? undefined : outcome.error;
    if (outcome.kind === "retry")
      return await giveBackStaffMail(db, mail.id, outcome.error.message);
    // It may have gone out: it stays begun, and is looked for in a later round.
    if (outcome.kind === "unknown") return;
    await passStaffMail(db, mail.id, staff.receivers.length, error?.message);
  } finally {
    await visit.leave(error);
  }
  const next = { ...mail, sent: mail.sent + 1, wasBegun: false };
  if (next.sent < staff.receivers.length) await send(world, db, store, staff, next);
}

async function compose(
  db: Database,
  store: Store,
  reader: StaffReader,
  { id, week }: StaffMail,
): Promise<Letter> {
  if (week === undefined) return composeStaffAlert(reader, await alertsIn(db, id));
  const { timeZone } = reader;
  const report = await reportOrders(db, { days: 7, timeZone, stores: [store.name] });
  return composeStaffDigest(reader, { ...report, oldest: await oldestOpen(db, store.name) });
}
