/** What a worker that vanished leaves behind is taken over after seconds instead of a minute. */
export const waits = [
  { module: "src/ledger/open-order.ts", name: "hiddenMs", ms: 3000 },
  { module: "src/worker/visit-account.ts", name: "leaseMarginMs", ms: 500 },
  { module: "src/shop/connect-store.ts", name: "simulatedDeadlineMs", ms: 2500 },
];
