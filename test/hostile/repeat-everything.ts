// Refusals in each provider's own shape that repeat all they were sent: address, headers with the key, and the customer.
import type { Answer, Asked, Lie } from "./impostor.ts";

const json = { "content-type": "application/json" };

const all = ({ method, path, headers, body }: Asked) =>
  `${method} ${path} ${JSON.stringify(headers)} ${body}`;
/** Some cut what they repeat: what stands first survives. */
const bodyFirst = ({ path, headers, body }: Asked) => `${body} ${path} ${JSON.stringify(headers)}`;

type Shape = (said: string) => string;

const shapes: Readonly<Record<string, Shape>> = {
  stripe: (message) => JSON.stringify({ error: { type: "api_error", message } }),
  zoho: (message) =>
    JSON.stringify({ code: "INVALID_DATA", message, details: { api_name: message.slice(0, 190) } }),
  airtable: (message) => JSON.stringify({ error: { type: "INVALID_VALUE", message } }),
  postnord: (explanationText) =>
    JSON.stringify({ message: "no", compositeFault: { faults: [{ explanationText }] } }),
  netvisor: (said) =>
    `<Root><ResponseStatus><Status>FAILED</Status><Status>INVALID_DATA :: ${said.replaceAll(/[<>&]/g, " ")}</Status></ResponseStatus></Root>`,
  mailgun: (message) => JSON.stringify({ message }),
  telegram: (description) => JSON.stringify({ ok: false, error_code: 400, description }),
};

/** Each once for a change and once for a question: refused, unauthorised, forbidden, broken. */
export const echoes: Readonly<Record<string, readonly Lie[]>> = Object.fromEntries(
  Object.entries(shapes).map(([provider, shape]) => [
    provider,
    [400, 401, 422, 500].flatMap((status): Lie[] =>
      [all, bodyFirst].map((words) => ({
        times: 1,
        when: ({ path }) => !/oauth/.test(path),
        answer: (asked): Answer => ({ status, headers: json, body: shape(words(asked)) }),
      })),
    ),
  ]),
);
