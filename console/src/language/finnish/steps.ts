import type { Words } from "../english.ts";

export const steps: Words["steps"] = {
  "vat-id": {
    name: "Alv-tunniste",
    done: "alv-tunniste kysytty, jos sillä on merkitystä",
    trouble: "Alv-tunnistetta ei voitu vahvistaa.",
  },
  check: {
    name: "Tarkistus",
    done: "maksu tarkistettu, alv päätetty",
    trouble: "Maksua ei voi ottaa sellaisenaan.",
  },
  contact: {
    name: "Asiakas",
    done: "asiakas tallennettu",
    trouble: "Asiakasta ei voitu tallentaa.",
  },
  deal: { name: "Kauppa", done: "kauppa tallennettu", trouble: "Kauppaa ei voitu tallentaa." },
  "deal-update": {
    name: "Kaupan päivitys",
    done: "seuranta ja lasku lisätty kauppaan",
    trouble: "Seurantaa ja laskua ei voitu lisätä kauppaan.",
  },
  "production-row": {
    name: "Rivi",
    done: "rivi lisätty tuotantoon",
    trouble: "Tilausta ei voitu lisätä tuotantoon.",
  },
  "production-update": {
    name: "Rivin päivitys",
    done: "seuranta ja lasku lisätty tuotannon riville",
    trouble: "Seurantaa ja laskua ei voitu lisätä tuotannon riville.",
  },
  booking: {
    name: "Varaus",
    done: "paketti varattu",
    trouble: "Pakettia ei voitu varata.",
  },
  label: {
    name: "Osoitekortti",
    done: "osoitekortti tehty",
    trouble: "Osoitekorttia ei voitu tehdä.",
  },
  "accounting-customer": {
    name: "Asiakas",
    done: "asiakas tallennettu laskua varten",
    trouble: "Asiakasta ei voitu tallentaa laskua varten.",
  },
  invoice: { name: "Lasku", done: "lasku tehty", trouble: "Laskua ei voitu tehdä." },
  payment: {
    name: "Suoritus",
    done: "suoritus kirjattu laskulle",
    trouble: "Suoritusta ei voitu kirjata laskulle.",
  },
  "invoice-pdf": {
    name: "PDF",
    done: "laskun PDF tallessa",
    trouble: "Laskun PDF:ää ei saatu haettua.",
  },
  confirmation: {
    name: "Vahvistus",
    done: "vahvistus lähetetty",
    trouble: "Vahvistusta ei voitu lähettää.",
  },
  "return-booking": {
    name: "Paluukuljetus",
    done: "paluukuljetus varattu",
    trouble: "Paluukuljetusta ei voitu varata.",
  },
  "return-label": {
    name: "Palautuskortti",
    done: "palautuskortti tehty",
    trouble: "Palautuskorttia ei voitu tehdä.",
  },
  "credit-note": {
    name: "Hyvityslasku",
    done: "hyvityslasku tehty",
    trouble: "Hyvityslaskua ei voitu tehdä.",
  },
  "invoice-copy": {
    name: "Laskun kopio",
    done: "laskun kopio lähetetty",
    trouble: "Laskun kopiota ei voitu lähettää.",
  },
};

export const unknownStep: Words["unknownStep"] = {
  done: (step) => `${step} tehty`,
  trouble: (step) => `Vaihetta ”${step}” ei voitu tehdä.`,
};
