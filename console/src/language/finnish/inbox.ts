import type { Words } from "../english.ts";

const n = (count: number) => (count === 1 ? "1 tilaus" : `${count} tilausta`);

export const inbox: Words["inbox"] = {
  title: "Tehtävät",
  orders: n,
  groups: {
    manager: "Odottaa sinua",
    nobody: "Odottaa itsestään",
    developer: "Kehittäjälle",
    finance: "Taloudelle",
  },
  groupFacts: (orders, money, oldest) => `${n(orders)}, ${money}, vanhin ${oldest}`,
  nothing: "Mikään ei odota sinua.",
  wentThrough: (count) => `Tänään meni läpi ${n(count)}`,
  lastAgo: (ago) => `viimeisin ${ago}`,
  worker: {
    alive: (ago) => `Ordna työskenteli viimeksi ${ago}.`,
    never: "Ordna ei ole vielä työskennellyt.",
  },
  today: {
    paid: "Maksettu tänään",
    done: "Valmiina tänään",
    waiting: "Odottaa",
    attention: "Tarvitsee ihmistä",
    oldest: "Vanhin",
  },
  todayTitle: "Tänään",
  providerTrouble: (provider, cause) => `${provider}: ${cause}`,
  nothingToDo: "Ei tehtävää. Tilaukset jatkuvat itsestään.",
  nextTest: (time) => `Seuraava koe ${time}.`,
  fixOne: "Korjaa",
  retryAll: "Yritä kaikkia uudelleen",
  tryAgainOne: "Yritä uudelleen",
  retryTitle: (cause) => `Yritä uudelleen: ${cause}`,
  retryPlan: (orders) => `Yritä uudelleen: ${n(orders)}`,
  retryPlanFacts: (orders, money, perSecond, time) =>
    `${n(orders)}, ${money}; enintään ${perSecond} sekunnissa, noin ${time}.`,
  retryPlanWhy: "Jokainen jatkuu siitä, missä se oli. Tehtyä ei tehdä uudelleen.",
  retryPlanCost:
    "Osoitekortit ostetaan niille, jotka saavat sellaisen; kuljetus ei kerro hintaa ennalta.",
  retryProgress: (done, all) => `${done}/${all}`,
  retryResult: (went, still) =>
    still === 0 ? `${went} jatkui.` : `${went} jatkui, ${still} tarvitsee yhä jonkun.`,
  retryRefused: (count) => `${count} oli jatkunut itsestään.`,
  retryStopped: (done, all) => `Pysäytetty, ${done}/${all} tehty.`,
  retrying: "Yritetty uudelleen",
  stop: "Pysäytä",
  moreOrders: (count) => `ja ${count} muuta`,
  showAll: (count) => `Näytä kaikki ${count}`,
  apply: (value) => `Käytä ${value}`,
  applyWhy: "Ordnan ehdotusta käytettiin",
  applyAll: (count) =>
    count === 2 ? "Käytä molempia ehdotuksia" : `Käytä kaikkia ${count} ehdotusta`,
  mended: "Ratkennut tänään",
  mendedByItself: "itsestään",
  mendedBy: (who, did) => `${who} ${did}`,
  hideSnoozed: "Piilota siirretyt",
  cardActions: "Kaikille tästä syystä",
  providers: "Palvelut",
  providerStates: {
    closed: "kunnossa",
    open: "käyttökatko",
    "half-open": "kokeillaan",
    paused: "pysäytetty",
  },
  assign: "Otan tämän",
  snooze: "Myöhemmin",
  snoozeFor: { hour: "Tunnin päästä", morning: "Huomenaamulla", week: "Viikon päästä" },
  showSnoozed: (count) => `${count} siirretty, näytä`,
  newFrom: (provider) => `Jotain uutta: ${provider}`,
};
