// E-mails to the people who work here, in the layout of the letters to customers. They name orders, never customers.
import { formatDate } from "./format-date.ts";
import { absent, type Letter, type Row, shopOf, sidesOf } from "./letter.ts";
import { flowOf, oneLine } from "./one-line.ts";
import { type StaffLanguage, sayToStaff } from "./staff-words.ts";

export interface StaffReader {
  readonly language: StaffLanguage;
  readonly shopName: string;
  readonly timeZone: string;
  readonly inboxUrl: string;
  readonly linkTo: (reference: string) => string | undefined;
}

export interface ToldToStaff {
  readonly reference: string | undefined;
  readonly severity: "info" | "warning" | "needs-you";
  readonly title: string;
  readonly lines: readonly string[];
  readonly over: string | undefined;
}

const mostRows = 40;

/** What needs them, grouped by its cause; then what is over, with who ended it and how. */
export function composeStaffAlert(reader: StaffReader, told: readonly ToldToStaff[]): Letter {
  const { language } = reader;
  const open = told.filter(({ over }) => over === undefined);
  const over = told.filter((one) => one.over !== undefined);
  const needs = open.filter(({ severity }) => severity !== "info");
  const kind = needs.length > 0 ? "needs" : open.length > 0 ? "told" : "over";
  const count = (kind === "needs" ? needs : kind === "told" ? open : over).length;
  const rows = [
    ...groupsOf(open).map(({ cause, members }) => row(language, cause, whatOf(reader, members))),
    ...over.map((one) =>
      row(language, sayToStaff(language, "resolved"), `${one.title}. ${one.over ?? ""}`),
    ),
  ];
  const [only, second] = [...new Set(told.map(({ reference }) => reference))];
  const link = only !== undefined && second === undefined ? reader.linkTo(only) : undefined;
  return letterTo(reader, "staff-alert", {
    subject: sayToStaff(language, kind, { count, shop: shopOf(reader.shopName) }),
    title: sayToStaff(language, `title_${kind}`),
    text: sayToStaff(language, "text"),
    details: rows.slice(0, mostRows),
    link: link ?? reader.inboxUrl,
    linkText: sayToStaff(language, link ? "open_order" : "open_inbox"),
  });
}

export interface WeekFigures {
  readonly orders: number;
  readonly done: number;
  readonly touchless: number;
  readonly halfWithinMs: number | null;
  readonly mostWithinMs: number | null;
  readonly causes: readonly {
    readonly cause: string;
    readonly provider: string;
    readonly orders: number;
  }[];
  readonly oldest: { readonly reference: string; readonly since: Date } | undefined;
}

export function composeStaffDigest(reader: StaffReader, week: WeekFigures): Letter {
  const { language, timeZone } = reader;
  const { orders, done, touchless, oldest } = week;
  const say = (id: Parameters<typeof sayToStaff>[1], values = {}) =>
    sayToStaff(language, id, values);
  const minutes = (ms: number | null) =>
    ms === null ? say("digest_none") : say("digest_minutes", { minutes: Math.ceil(ms / 60_000) });
  const share = new Intl.NumberFormat(language, { style: "percent" }).format(
    done === 0 ? 0 : touchless / done,
  );
  const oldestText = oldest
    ? say("digest_oldest_value", {
        reference: oldest.reference,
        date: formatDate(oldest.since, language, timeZone),
      })
    : say("digest_none");
  return letterTo(reader, "staff-digest", {
    subject: say("digest_subject", { touchless: share, shop: shopOf(reader.shopName) }),
    title: say("digest_title"),
    text: say("digest_text", { orders, done, touchless }),
    details: [
      row(language, say("digest_share"), share),
      row(language, say("digest_half"), minutes(week.halfWithinMs)),
      row(language, say("digest_most"), minutes(week.mostWithinMs)),
      row(language, say("digest_oldest"), oldestText),
      ...week.causes
        .slice(0, 10)
        .map((cause) => row(language, say("digest_cause"), say("digest_cause_value", cause))),
    ],
    link: (oldest && reader.linkTo(oldest.reference)) ?? reader.inboxUrl,
    linkText: say(oldest ? "open_order" : "open_inbox"),
  });
}

interface Group {
  readonly cause: string;
  readonly members: ToldToStaff[];
}

/** An alert about an order begins with the order's number: what follows is the cause. */
function groupsOf(open: readonly ToldToStaff[]): Group[] {
  const groups = new Map<string, ToldToStaff[]>();
  for (const one of open) {
    const cause = one.reference ? one.title.replace(/^[^:]{1,120}: /, "") : one.title;
    groups.set(cause, [...(groups.get(cause) ?? []), one]);
  }
  const worst = (members: readonly ToldToStaff[]) =>
    Math.min(...members.map(({ severity }) => ["needs-you", "warning", "info"].indexOf(severity)));
  return [...groups]
    .map(([cause, members]) => ({ cause, members }))
    .sort((a, b) => worst(a.members) - worst(b.members));
}

/** Each order with its address, so that one click opens its card. */
function whatOf(reader: StaffReader, members: readonly ToldToStaff[]): string {
  const shown = members.slice(0, 20).map(({ reference, lines }) => {
    const link = reference && reader.linkTo(reference);
    return reference ? `${reference}${link ? ` ${link}` : ""}` : lines.join(" ");
  });
  const rest = members.length - shown.length;
  return [...shown, ...(rest > 0 ? [`+ ${rest}`] : [])].join(", ");
}

const row = (language: StaffLanguage, label: string, value: string): Row => ({
  label: oneLine(label, 200),
  value: oneLine(value, 1500),
  flow: flowOf(value),
  ...sidesOf(language),
});

interface StaffText {
  readonly subject: string;
  readonly title: string;
  readonly text: string;
  readonly details: readonly Row[];
  readonly link: string;
  readonly linkText: string;
}

function letterTo(
  { language, shopName }: StaffReader,
  template: Letter["template"],
  { subject, title, text, details, link, linkText }: StaffText,
): Letter {
  const line = oneLine(subject, 150);
  const variables = {
    ...absent,
    lang: language,
    ...sidesOf(language),
    subject: line,
    shop_name: shopOf(shopName),
    title,
    greeting: "",
    text,
    details,
    notes: [],
    action_url: link,
    action_link: linkText,
    closing: sayToStaff(language, "closing"),
  };
  return { template, locale: language, subject: line, variables };
}
