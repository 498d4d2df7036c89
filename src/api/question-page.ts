// The small page on which a customer answers: static HTML that works without a script, and shows only what was asked.
import { readFileSync } from "node:fs";
import type { Context } from "hono";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { html } from "hono/html";
import {
  answerQuestion,
  type QuestionPage,
  showQuestion,
  tooManyVisits,
} from "../operator/answer-question.ts";
import { addressOf } from "./access/address-of.ts";
import { allowance } from "./access/allowance.ts";
import type { AppOptions } from "./app-options.ts";
import { deskOf } from "./decision-route.ts";

const style = readFileSync(new URL("./question/question.css", import.meta.url), "utf8");

const headers = {
  "content-security-policy":
    "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  "cache-control": "no-store",
  "referrer-policy": "no-referrer",
  "x-robots-tag": "noindex, nofollow",
};

/** Of one link in ten minutes, and of one address on the network in a minute. */
const most = { ofLink: 30, ofAddress: 60 };

export function questionPage(options: AppOptions): Hono {
  const hono = new Hono();
  const ofLink = allowance(most.ofLink, 600_000);
  const ofAddress = allowance(most.ofAddress, 60_000);
  const visitIn = (c: Context) => ({
    token: c.req.param("token") ?? "",
    acceptLanguage: c.req.header("accept-language") ?? "",
  });
  const isTooMuch = (c: Context, token: string) =>
    !ofAddress(addressOf(c, options.proxies ?? 0)) || !ofLink(token);

  hono.get("/address/style.css", (c) =>
    c.body(style, 200, { "content-type": "text/css; charset=utf-8" }),
  );
  hono.get("/address/:token", async (c) => {
    const visit = visitIn(c);
    if (isTooMuch(c, visit.token)) return answer(c, tooManyVisits(visit));
    return answer(c, await showQuestion(deskOf(options), visit));
  });
  hono.post("/address/:token", bodyLimit({ maxSize: 16_384 }), async (c) => {
    const visit = visitIn(c);
    if (isTooMuch(c, visit.token)) return answer(c, tooManyVisits(visit));
    const page = await answerQuestion(deskOf(options), visit, await c.req.parseBody());
    if (page.kind === "thanks") options.kick();
    return answer(c, page);
  });
  return hono;
}

const statuses = { form: 200, thanks: 200, void: 404, slow: 429 } as const;

function answer(c: Context, page: QuestionPage) {
  const isRefused = page.kind === "form" && page.words.fields.some(({ error }) => error);
  return c.html(pageOf(page), isRefused ? 422 : statuses[page.kind], headers);
}

function pageOf({ kind, words }: QuestionPage) {
  return html`<!doctype html>
<html lang="${words.language}" dir="${words.direction}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${words.title}</title>
    <link rel="stylesheet" href="/address/style.css">
  </head>
  <body>
    <main>
      <h1>${words.title}</h1>
      ${words.text ? html`<p>${words.text}</p>` : ""}
      ${kind === "form" ? formOf(words) : ""}
    </main>
  </body>
</html>
`;
}

type Words = Extract<QuestionPage, { kind: "form" }>["words"];

const formOf = ({ fields, save }: Words) => html`<form method="post">
        ${fields.map(fieldOf)}
        <button type="submit">${save}</button>
      </form>`;

const autocomplete = {
  name: "name",
  line1: "address-line1",
  line2: "address-line2",
  postalCode: "postal-code",
  city: "address-level2",
  state: "address-level1",
  phone: "tel",
} as const satisfies Record<Words["fields"][number]["field"], string>;

function fieldOf({ field, label, value, flow, error }: Words["fields"][number]) {
  const told = error ? html`<p class="error" id="${field}-error">${error}</p>` : "";
  return html`<label for="${field}">${label}</label>
        <input id="${field}" name="${field}" value="${value}" dir="${flow}" maxlength="200"
          type="${field === "phone" ? "tel" : "text"}" autocomplete="shipping ${autocomplete[field]}"
          ${error ? html`aria-invalid="true" aria-describedby="${field}-error"` : ""}>
        ${told}`;
}
