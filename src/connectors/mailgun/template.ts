// The layouts that Mailgun stores: HTML that knows no language. Only `if` and `each` of Mailgun's
// handlebars are used, and only {{ }}, which escapes; every word comes with the message.
import { createHash } from "node:crypto";

export interface Layout {
  readonly name: string;
  readonly description: string;
  readonly html: string;
  /** Changes with the content, so that a layout is pushed once. */
  readonly version: string;
}

const font = "font-family:Arial,Helvetica,sans-serif;color:#1a1a1a";
const small = "font-size:14px;line-height:20px";
const cell = `${font};${small};padding:6px 0`;
const heading = `${font};font-size:16px;line-height:24px;font-weight:bold;padding:20px 0 4px`;
const title = `${font};font-size:20px;line-height:28px;font-weight:bold;padding:0 0 12px`;
// Direction on every table: some mail programs forget that of the page.
const table = (style: string) =>
  '<table role="presentation" dir="{{direction}}" width="100%" cellpadding="0" cellspacing="0" ' +
  `border="0" style="${style}">`;
const start = 'align="{{start}}"';
const end = 'align="{{end}}"';
const rule = "border-bottom:1px solid #e5e5e5";

const paragraph = (text: string, style = cell) =>
  `<tr><td ${start} style="${style}">${text}</td></tr>`;
const section = (rows: string) =>
  `<tr><td>${table("border-collapse:collapse")}${rows}</table></td></tr>`;

const itemsTitle = `<tr>
<td colspan="3" ${start} style="${heading}">{{items_title}}</td>
</tr>`;

const items = `
<tr>
<td ${start} style="${cell};${rule};color:#595959">{{item_label}}</td>
<td ${end} style="${cell};${rule};color:#595959;padding:6px 8px">{{quantity_label}}</td>
<td ${end} style="${cell};${rule};color:#595959">{{amount_label}}</td>
</tr>
{{#each items}}<tr>
<td style="${cell};${rule}">{{this.description}}</td>
<td align="{{this.end}}" style="${cell};${rule};padding:6px 8px">{{this.quantity}}</td>
<td align="{{this.end}}" style="${cell};${rule};white-space:nowrap">{{this.amount}}</td>
</tr>
{{/each}}{{#if more_items}}<tr>
<td colspan="3" ${start} style="${cell};${rule}">{{more_items}}</td>
</tr>
{{/if}}`;

const sum = (label: string, amount: string, style = "") => `<tr>
<td colspan="2" ${start} style="${cell};${style}">{{${label}}}</td>
<td ${end} style="${cell};${style};white-space:nowrap">{{${amount}}}</td>
</tr>`;

const totals = `{{#if shipping_amount}}${sum("shipping_label", "shipping_amount")}{{/if}}
${sum("total_label", "total_amount", "font-weight:bold")}
{{#if vat_amount}}${sum("vat_label", "vat_amount", "color:#595959")}{{/if}}`;

const button = [
  "display:inline-block;padding:10px 18px;background:#1a4fa3;color:#ffffff",
  "border-radius:4px;text-decoration:none;font-weight:bold",
].join(";");

const link = `<a href="{{tracking_url}}" style="${button}">{{tracking_link}}</a>`;

const tracking = `${paragraph("{{tracking_title}}", heading)}
${paragraph('<span dir="ltr">{{tracking_number}}</span>')}
{{#if tracking_url}}${paragraph(link)}{{/if}}`;

const address = `${paragraph("{{address_title}}", heading)}
${paragraph("{{#each address}}{{this.line}}<br>{{/each}}")}`;

const orderConfirmation = `<!doctype html>
<html lang="{{lang}}" dir="{{direction}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>{{subject}}</title>
</head>
<body dir="{{direction}}" style="margin:0;padding:0;background:#f4f4f4">
${table("background:#f4f4f4")}<tr><td align="center" style="padding:24px 12px">
${table("max-width:600px;background:#ffffff")}<tr><td dir="{{direction}}" style="padding:24px">
${table("border-collapse:collapse")}
${paragraph("{{shop_name}}", title)}
${paragraph("{{greeting}}")}
${paragraph("{{thanks}}")}
${section(tracking)}
${section(`${itemsTitle}${items}${totals}`)}
${section(address)}
${paragraph("{{invoice_note}}", `${cell};padding:20px 0 6px`)}
${paragraph("{{closing}}<br>{{shop_name}}")}
</table>
</td></tr></table>
</td></tr></table>
</body>
</html>
`;

function layout(name: string, description: string, html: string): Layout {
  const hash = createHash("sha256").update(html).digest("hex");
  return { name, description, html, version: `v-${hash.slice(0, 12)}` };
}

export const layouts: readonly Layout[] = [
  layout("order-confirmation", "Order confirmation, in any language", orderConfirmation),
];
