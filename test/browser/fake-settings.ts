// What the settings show, made up for the page's tests.
const at = new Date().toISOString();

const person = {
  id: 1,
  email: "owner@example.com",
  name: "Owner",
  role: "owner",
  stores: null,
  hasPassword: true,
  hasSecondFactor: true,
  isDisabled: false,
};
const key = {
  id: 1,
  name: "print station",
  hint: "x1Yz",
  scopes: ["read", "personal"],
  stores: ["pikkuna"],
  madeBy: "owner@example.com",
  madeAt: at,
  lastUsedAt: null,
  isRevoked: false,
};
const hook = {
  id: 1,
  url: "https://hooks.example.com/a-rather-long-address-that-must-not-be-cut-off-on-a-phone",
  events: ["order.done"],
  stores: null,
  failingSince: at,
  disabledAt: at,
  disabledBecause: "Nothing arrived there for 5 days.",
};
const message = {
  id: 1,
  hook: 1,
  url: hook.url,
  type: "order.done",
  reference: "ORDER000001001",
  madeAt: at,
  state: "given up",
  tries: [{ at, status: 500, tookMs: 31, error: null, answer: "no" }],
};
const permissions = ["read", "personal", "decide", "money", "tech", "log", "manage"];

export const settingsAnswers: Readonly<Record<string, unknown>> = {
  "/api/session": {
    name: "owner@example.com",
    role: "owner",
    permissions,
    stores: null,
    isPerson: true,
    isRevealing: false,
  },
  "/api/configuration": {
    stores: [
      {
        store: "pikkuna",
        shopName: "Pikkuna",
        timeZone: "Europe/Helsinki",
        country: "FI",
        vatNumber: "FI12345671",
        isInOss: true,
        webhook: "http://127.0.0.1:4700/webhooks/stripe/pikkuna",
      },
    ],
    retention: { letters: 30, labels: 90, customers: 1095, invoices: 4018 },
    letters: ["order-confirmation"],
    languages: ["en", "fi"],
  },
  "/api/people": { people: [person, { ...person, id: 2, email: null, hasPassword: false }] },
  "/api/account": {
    name: "Owner",
    email: "owner@example.com",
    hasPassword: true,
    hasSecondFactor: true,
    sessions: [{ id: "abcdefghijklmnop", begunAt: at, usedAt: at, endsAt: at, isThis: false }],
  },
  "/api/keys": { keys: [key] },
  "/api/hooks": { hooks: [hook] },
  "/api/hooks/messages": { messages: [message], next: null },
};
