// The inbox: what needs whom.
const n = (count: number) => `${count} ${count === 1 ? "order" : "orders"}`;

export const inbox = {
  title: "Inbox",
  orders: n,
  groups: {
    manager: "Needs you",
    nobody: "Waits by itself",
    developer: "For a developer",
    finance: "For finance",
  },
  groupFacts: (orders: number, money: string, oldest: string) =>
    `${n(orders)}, ${money}, oldest ${oldest}`,
  nothing: "Nothing needs you.",
  wentThrough: (count: number) => `${count} ${count === 1 ? "order" : "orders"} went through today`,
  lastAgo: (ago: string) => `the last ${ago}`,
  worker: {
    alive: (ago: string) => `Ordna last worked ${ago}.`,
    never: "Ordna has not worked yet.",
  },
  today: {
    paid: "Paid today",
    done: "Done today",
    waiting: "Waiting",
    attention: "Needs a person",
    oldest: "Oldest",
  },
  todayTitle: "Today",
  providerTrouble: (provider: string, cause: string) => `${provider}: ${cause}`,
  nothingToDo: "Nothing to do. The orders go on by themselves.",
  nextTest: (time: string) => `Next test ${time}.`,
  fixOne: "Mend it",
  retryAll: "Try all again",
  tryAgainOne: "Try again",
  retryTitle: (cause: string) => `Try again: ${cause}`,
  retryPlan: (orders: number) => `Try ${n(orders)} again`,
  retryPlanFacts: (orders: number, money: string, perSecond: number, time: string) =>
    `${n(orders)}, ${money}; at most ${perSecond} a second, about ${time}.`,
  retryPlanWhy: "Each order goes on where it stood. What was done is not done again.",
  retryPlanCost:
    "Labels are bought for those that get one; the carrier does not tell its price before.",
  retryProgress: (done: number, all: number) => `${done} of ${all}`,
  retryResult: (went: number, still: number) =>
    still === 0 ? `${went} went on.` : `${went} went on, ${still} still need somebody.`,
  retryRefused: (count: number) => `${count} had moved on by themselves.`,
  retryStopped: (done: number, all: number) => `Stopped after ${done} of ${all}.`,
  retrying: "Tried again",
  stop: "Stop",
  moreOrders: (count: number) => `and ${count} more`,
  showAll: (count: number) => `Show all ${count}`,
  apply: (value: string) => `Use ${value}`,
  applyWhy: "Ordna's suggestion was used",
  applyAll: (count: number) =>
    count === 2 ? "Use both suggestions" : `Use all ${count} suggestions`,
  mended: "Resolved today",
  mendedByItself: "by itself",
  mendedBy: (who: string, did: string) => `${who} ${did}`,
  hideSnoozed: "Hide what is put off",
  cardActions: "For all of this cause",
  providers: "Providers",
  providerStates: { closed: "well", open: "outage", "half-open": "being tested", paused: "paused" },
  assign: "Take it",
  snooze: "Later",
  snoozeFor: { hour: "In an hour", morning: "Tomorrow morning", week: "In a week" },
  showSnoozed: (count: number) => `${count} put off, show`,
  newFrom: (provider: string) => `Something new from ${provider}`,
};
