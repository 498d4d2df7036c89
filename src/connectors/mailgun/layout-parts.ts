// The parts of the layout, from top to bottom. Styles stand on every cell, because mail programs drop the page's; so does
// the direction, because some forget it at every table. Colours change in the dark where a program asks for that; where it
// turns them round itself, every text has its own colour and its own ground.

const font =
  "font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const ink = "color:#1f2328";
const faint = "color:#59636e";
const plain = `${font};${ink};font-size:16px;line-height:24px`;
const small = `${font};${faint};font-size:14px;line-height:20px`;
const line = "border-top:1px solid #e4e7eb";
const breaking = "word-break:break-word;overflow-wrap:anywhere";

export const darkStyles = `:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
.page { background: #0f1215 !important; }
.card { background: #1b1f24 !important; }
.panel { background: #262b32 !important; }
.ink { color: #f0f3f6 !important; }
.faint { color: #a9b4c0 !important; }
.line { border-color: #353c45 !important; }
.button { background: #f0f3f6 !important; }
.button a { color: #1b1f24 !important; }
}`;

const table = (style: string, more = "") =>
  `<table role="presentation" dir="{{direction}}" width="100%" cellpadding="0" cellspacing="0" border="0" ${more}style="${style}">`;

/** A cell along one side of the letter; `of` is "this." inside of a loop. */
const cell = (side: "start" | "end", classes: string, style: string, content: string, of = "") =>
  `<td dir="{{${of}direction}}" align="{{${of}${side}}}" valign="top" class="${classes}" style="${style};text-align:{{${of}${side}}}">${content}</td>`;

const row = (classes: string, style: string, content: string) =>
  `<tr>${cell("start", classes, style, content)}</tr>`;

const number = (value: string) => `<span dir="ltr">{{${value}}}</span>`;
const ownWay = (value: string) => `<span dir="{{this.flow}}">{{${value}}}</span>`;

const heading = (title: string) =>
  row(
    "ink",
    `${plain};font-weight:600;padding:28px 0 8px`,
    `<h2 style="margin:0;font-size:16px;line-height:24px;font-weight:600">{{${title}}}</h2>`,
  );

const top = `${row("faint", `${small};font-weight:600;padding:0 0 20px`, "{{shop_name}}")}
${row(
  "ink",
  `${font};${ink};padding:0 0 16px`,
  '<h1 style="margin:0;font-size:26px;line-height:32px;font-weight:700">{{title}}</h1>',
)}
${row("ink", `${plain};padding:0 0 8px;${breaking}`, "{{greeting}}")}
${row("ink", plain, "{{text}}")}
{{#if note}}<tr><td dir="{{note_flow}}" class="ink" style="${plain};padding:12px 0 0;${breaking}">{{note}}</td></tr>
{{/if}}`;

// One above the other: side by side a date in Greek has no room on a phone.
const details = `{{#each details}}<tr>${cell("start", "faint", `${small};padding:16px 0 0`, "{{this.label}}", "this.")}</tr>
<tr>${cell("start", "ink", `${plain};font-weight:600;${breaking}`, ownWay("this.value"), "this.")}</tr>
{{/each}}`;

// The colour of a button is that of its cell: Outlook knows no padding of links.
const button = (
  link: string,
  url: string,
) => `<tr><td dir="{{direction}}" align="{{start}}" style="padding:16px 0 0">
<table role="presentation" dir="{{direction}}" cellpadding="0" cellspacing="0" border="0"><tr>
<td dir="{{direction}}" align="center" bgcolor="#1f2328" class="button" style="background:#1f2328;border-radius:6px"><a href="{{${url}}}" style="${font};display:inline-block;padding:12px 24px;font-size:16px;line-height:20px;font-weight:600;color:#ffffff;text-decoration:none">{{${link}}}</a></td>
</tr></table>
</td></tr>`;

const action = `{{#if action_url}}${button("action_link", "action_url")}
{{/if}}`;

const tracking = `{{#if tracking_number}}<tr><td dir="{{direction}}" style="padding:24px 0 0">
${table("background:#f3f5f7;border-radius:8px", 'bgcolor="#f3f5f7" class="panel" ')}<tr>
<td dir="{{direction}}" style="padding:20px">
${table("")}
${row("faint", small, "{{tracking_title}}")}
${row("ink", `${plain};font-size:18px;font-weight:600;padding:4px 0 0;${breaking}`, number("tracking_number"))}
{{#if tracking_url}}${button("tracking_link", "tracking_url")}{{/if}}
</table></td></tr></table></td></tr>
{{/if}}`;

const column = (side: "start" | "end", label: string, padding: string) =>
  `<th scope="col" dir="{{direction}}" align="{{${side}}}" class="faint" style="${small};font-weight:400;padding:${padding};text-align:{{${side}}}">{{${label}}}</th>`;
const narrow = "padding:10px 12px";
const amount = "white-space:nowrap;padding:10px 0";

const items = `{{#if items_title}}${heading("items_title")}
<tr><td dir="{{direction}}"><table dir="{{direction}}" width="100%" cellpadding="0" cellspacing="0" border="0">
<tr>${column("start", "item_label", "0 0 6px")}
${column("end", "quantity_label", "0 12px 6px")}
${column("end", "amount_label", "0 0 6px")}</tr>
{{#each items}}<tr>
${cell("start", "ink line", `${plain};${line};padding:10px 0;${breaking}`, ownWay("this.description"), "this.")}
${cell("end", "ink line", `${plain};${line};${narrow}`, number("this.quantity"), "this.")}
${cell("end", "ink line", `${plain};${line};${amount}`, number("this.amount"), "this.")}
</tr>
{{/each}}{{#if more_items}}<tr><td colspan="3" dir="{{direction}}" align="{{start}}" class="faint line" style="${small};${line};padding:10px 0;text-align:{{start}}">{{more_items}}</td></tr>
{{/if}}</table></td></tr>
{{/if}}`;

const sum = (label: string, value: string, classes: string, style: string) => `<tr>
${cell("start", classes, `${style};padding:6px 0`, `{{${label}}}`)}
${cell("end", classes, `${style};white-space:nowrap;padding:6px 0`, number(value))}
</tr>`;

const totals = `{{#if total_amount}}<tr><td dir="{{direction}}" class="line" style="${line};padding:8px 0 0">
${table("")}
{{#if shipping_amount}}${sum("shipping_label", "shipping_amount", "ink", plain)}{{/if}}
${sum("total_label", "total_amount", "ink", `${plain};font-size:18px;font-weight:700`)}
{{#if vat_amount}}${sum("vat_label", "vat_amount", "faint", small)}{{/if}}
</table></td></tr>
{{/if}}`;

const address = `{{#if address_title}}${heading("address_title")}
${row(
  "ink",
  `${plain};${breaking}`,
  '{{#each address}}<span dir="{{this.flow}}">{{this.line}}</span><br>{{/each}}',
)}
{{/if}}`;

const end = `{{#each notes}}<tr>${cell("start", "ink", `${plain};padding:16px 0 0`, "{{this.line}}", "this.")}</tr>
{{/each}}${row("ink", `${plain};padding:28px 0 0`, "{{closing}}<br>{{shop_name}}")}`;

// Gmail drops <html> and <body>: a div says language and direction again.
export const body = `<body dir="{{direction}}" class="page" style="margin:0;padding:0;background:#f3f5f7">
<div lang="{{lang}}" dir="{{direction}}">
${table("background:#f3f5f7", 'bgcolor="#f3f5f7" class="page" ')}<tr><td dir="{{direction}}" align="center" style="padding:24px 12px">
<table role="presentation" dir="{{direction}}" width="600" cellpadding="0" cellspacing="0" border="0" bgcolor="#ffffff" class="card" style="width:100%;max-width:600px;background:#ffffff;border-radius:12px"><tr><td dir="{{direction}}" style="padding:32px 24px">
${table("")}
${top}
${action}
${details}
${tracking}
${items}
${totals}
${address}
${end}
</table>
</td></tr></table>
</td></tr></table>
</div>
</body>`;
