// The layout that Mailgun stores, once for each kind of e-mail: HTML that knows no language. Only `if` and `each` of
// Mailgun's handlebars are used, and only {{ }}, which escapes; every word comes with the message.
import { createHash } from "node:crypto";
import type { Template } from "../../language/letter.ts";
import { body, darkStyles } from "./layout-parts.ts";

export interface Layout {
  readonly name: string;
  readonly description: string;
  readonly html: string;
  /** Changes with the content, so that a layout is pushed once. */
  readonly version: string;
}

const html = `<!doctype html>
<html lang="{{lang}}" dir="{{direction}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="format-detection" content="telephone=no,date=no,address=no,email=no">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>{{subject}}</title>
<style>
${darkStyles}
</style>
</head>
${body}
</html>
`;

const version = `v-${createHash("sha256").update(html).digest("hex").slice(0, 12)}`;

/** What each is for, as it stands in Mailgun's list of templates. */
const descriptions: Readonly<Record<Template, string>> = {
  "order-confirmation": "Order confirmation, in any language",
  "order-shipped": "The order is on its way, in any language",
  "order-invoice": "The invoice of an order, in any language",
  "order-delay": "The order is delayed, in any language",
  "order-refund": "A refund, in any language",
  "staff-alert": "What needs the people who work here",
  "staff-digest": "How a week went, for the people who work here",
  "order-question": "The customer is asked for the address, in any language",
};

// One content under several names: Mailgun counts and a customer mutes by name, and a shop may store its own for one.
export const layouts: readonly Layout[] = Object.entries(descriptions).map(
  ([name, description]) => ({ name, description, html, version }),
);
