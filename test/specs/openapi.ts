// OpenAPI 3 and Swagger 2: which operation an exchange is, and whether both its bodies are what that says.
import { type Body, jsonOf } from "./exchange.ts";
import type { Description, Finding } from "./finding.ts";
import { at, type Check, pointerTo, schemasIn } from "./json-schema.ts";

export function openapi(document: object): Description {
  const check = schemasIn(document);
  const paths = Object.keys(Object(at(document, "/paths")));
  return (exchange) => {
    const path = paths.find(
      (one) => fits(one, exchange.path) && at(document, pointerTo("paths", one, exchange.method)),
    );
    if (path === undefined) return [];
    const operation = pointerTo("paths", path, exchange.method);
    const finding = (side: Finding["side"], body: Body, schema: string | undefined): Finding[] => {
      if (body.text === "") return [];
      return [
        { exchange, side, ...judged(body, schema === undefined ? undefined : check(schema)) },
      ];
    };
    return [
      ...finding("request", exchange.sent, requestSchema(document, operation, exchange.sent)),
      ...finding("answer", exchange.answered, answerSchema(document, operation, exchange.status)),
    ];
  };
}

function judged(body: Body, check: Check | undefined): Pick<Finding, "kind" | "why"> {
  const value = jsonOf(body);
  if (value === undefined) return { kind: "not described", why: [`a body of ${body.type}`] };
  if (!check) return { kind: "not described", why: [] };
  const why = check(value);
  return why ? { kind: "differs", why } : { kind: "fits", why: [] };
}

/** Zoho describes its settings elsewhere, and the placeholders of its records would swallow them. */
const describedElsewhere = /^\/crm\/v\d+\/settings\//;

/** A template like /v3/{domain}/messages, at the end of whatever the exchange's path begins with. */
function fits(template: string, path: string): boolean {
  if (describedElsewhere.test(path)) return false;
  const pattern = template
    .split(/\{[^}]*\}/)
    .map((part) => part.replace(/[.*+?^$()|[\]\\]/g, "\\$&"))
    .join("[^/]+");
  return new RegExp(`${pattern}/?$`).test(path);
}

function requestSchema(document: object, operation: string, sent: Body): string | undefined {
  const parameters = at(document, `${operation}/parameters`);
  const body = Array.isArray(parameters)
    ? parameters.findIndex((one) => at(one, "/in") === "body")
    : -1;
  if (body >= 0) return `${operation}/parameters/${body}/schema`;
  const type = sent.type.split(";")[0] ?? "";
  return mediaSchema(document, `${operation}/requestBody`, type);
}

function answerSchema(document: object, operation: string, status: number): string | undefined {
  for (const name of [String(status), `${String(status)[0]}XX`, "default"]) {
    const response = `${operation}/responses/${name}`;
    if (at(document, response) === undefined) continue;
    if (at(document, `${response}/schema`) !== undefined) return `${response}/schema`;
    return mediaSchema(document, response, "application/json");
  }
  return undefined;
}

function mediaSchema(document: object, holder: string, type: string): string | undefined {
  const pointed = at(document, `${holder}/$ref`);
  if (typeof pointed === "string") return mediaSchema(document, pointed.slice(1), type);
  const schema = `${holder}${pointerTo("content", type)}/schema`;
  return at(document, schema) === undefined ? undefined : schema;
}
