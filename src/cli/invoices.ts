import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { defineCommand } from "citty";
import { z } from "zod";
import { decimalString, exponentOf } from "../order/money.ts";
import { jsonArg, report, say } from "./report.ts";
import { askServer, askServerForFile } from "./server.ts";

const amount = z.object({ minor: z.string(), currency: z.string() });
const glance = z.object({
  books: z.string(),
  number: z.string(),
  kind: z.enum(["invoice", "credit-note"]),
  reference: z.string(),
  corrects: z.string().nullable(),
  issuedOn: z.string(),
  net: amount,
  vat: amount,
  gross: amount,
  paidOn: z.string().nullable(),
});
const list = z.object({
  invoices: z.array(z.looseObject(glance.shape)),
  next: z.string().nullable(),
});
const content = z.record(z.string(), z.unknown());
type Glance = z.infer<typeof glance>;

const filters = {
  books: { type: "string", description: "Whose books, where one Ordna keeps several" },
  reference: { type: "string", description: "Of this order" },
  kind: { type: "string", description: "invoice or credit-note" },
  from: { type: "string", description: "Issued on this day or later: 2026-11-01" },
  until: { type: "string", description: "Issued on this day or earlier" },
} as const;

type Filters = Readonly<
  Partial<Record<keyof typeof filters | "number" | "limit" | "after", string>>
>;

const formats = ["pdf", "ubl", "cii"] as const;

export const invoicesCommand = defineCommand({
  meta: { name: "invoices", description: "Invoices and credit notes of the shop's own books" },
  subCommands: {
    list: defineCommand({
      meta: { name: "list", description: "In the order of their numbers" },
      args: {
        ...jsonArg,
        ...filters,
        limit: { type: "string", default: "200", description: "At most so many, up to 200" },
        after: { type: "string", description: "The next page: what the last one gave as `next`" },
      },
      run: ({ args }) =>
        report(args.json, async () => {
          const found = await ask(args);
          return { isTrue: true, text: found.invoices.map(line).join("\n"), json: found };
        }),
    }),
    show: defineCommand({
      meta: { name: "show", description: "All that stands on one" },
      args: {
        ...jsonArg,
        books: filters.books,
        number: { type: "positional", required: true, description: "As it is printed" },
      },
      run: ({ args }) =>
        report(args.json, async () => {
          const one = await find(args.number, args.books);
          const json = await askServer(placeOf(one), content);
          return {
            isTrue: true,
            text: [line(one), JSON.stringify(json, null, 2)].join("\n"),
            json,
          };
        }),
    }),
    export: defineCommand({
      meta: { name: "export", description: "Writes them into a folder, with an index" },
      args: {
        ...jsonArg,
        ...filters,
        number: { type: "string", description: "Only this one" },
        format: { type: "string", default: "pdf,ubl,cii", description: "Any of pdf, ubl, cii" },
        to: { type: "string", required: true, description: "The folder; made when it is missing" },
      },
      run: ({ args }) =>
        report(args.json, async () => {
          const wanted = args.format.split(",").map((one) => one.trim());
          const unknown = wanted.find((one) => !formats.some((known) => known === one));
          if (unknown !== undefined) throw new Error(`"${unknown}" is none of pdf, ubl, cii.`);
          const { to, json, format, ...asked } = args;
          const written = await exportTo(to, asked, wanted, args.json !== true);
          const text = `${written.files.length} files of ${written.invoices} documents are in ${to}.`;
          return { isTrue: true, text, json: written };
        }),
    }),
  },
});

/** Page by page, however many there are; a document that has no such form is left out and named. */
async function exportTo(to: string, asked: Filters, wanted: readonly string[], isTelling: boolean) {
  await mkdir(to, { recursive: true });
  const files: string[] = [];
  const without: string[] = [];
  let invoices = 0;
  let after: string | undefined;
  do {
    const found = await ask({ ...asked, limit: "200", ...(after ? { after } : {}) });
    for (const one of found.invoices) {
      invoices += 1;
      for (const format of wanted) {
        const bytes = await askServerForFile(`${placeOf(one)}/${format}`);
        const name = `${one.books}-${one.number}.${format === "pdf" ? "pdf" : `${format}.xml`}`;
        if (!bytes) without.push(name);
        else {
          await writeFile(join(to, name), bytes);
          files.push(name);
        }
      }
      if (isTelling && invoices % 25 === 0) say(`${invoices} documents written`);
    }
    after = found.next ?? undefined;
  } while (after !== undefined);
  return { invoices, files, without };
}

function ask(asked: Filters) {
  const { books, number, reference, kind, from, until, limit = "200", after } = asked;
  const query = new URLSearchParams({ limit });
  const given = { books, number, reference, kind, from, until, after };
  for (const [name, value] of Object.entries(given)) if (value) query.set(name, value);
  return askServer(`/invoices?${query}`, list);
}

async function find(number: string, books: string | undefined): Promise<Glance> {
  const { invoices } = await ask({ number, ...(books ? { books } : {}) });
  const [one, another] = invoices;
  if (!one) throw new Error(`There is no invoice ${number}.`);
  if (another) throw new Error(`Several books have a ${number}: say which with --books.`);
  return one;
}

const placeOf = ({ books, number }: Glance) => `/invoices/${books}/${encodeURIComponent(number)}`;

function line({ number, kind, issuedOn, reference, corrects, net, vat, gross, paidOn }: Glance) {
  const text = ({ minor, currency }: z.infer<typeof amount>) =>
    decimalString(BigInt(minor), exponentOf(currency)).padStart(12);
  return [
    number.padEnd(14),
    kind.padEnd(11),
    issuedOn,
    reference,
    ...[net, vat, gross].map(text),
    gross.currency,
    corrects ? `credits ${corrects}` : paidOn ? `paid ${paidOn}` : "not paid",
  ].join("  ");
}
