// The answer to "print these ids": bytes are believed only when they are labels of our parcels.
import { z } from "zod";
import { ActionError } from "../../connector-kit/action-error.ts";
import { type HttpResponse, readJson, unexpectedAnswer } from "../../connector-kit/http.ts";
import { errorResponseSchema, refused, textOf } from "./failure.ts";
import { type LabelFormat, labelKinds } from "./label-format.ts";

const printoutSchema = z.object({
  encoding: z.string().nullish(),
  data: z.string().nullish(),
});

const labelsSchema = z
  .array(
    z.object({
      itemIds: z
        .array(
          z.object({
            itemIds: z.string().nullish(),
            printId: z.string().nullish(),
            status: z.string(),
            errorResponse: errorResponseSchema.nullish(),
          }),
        )
        .min(1),
      printout: printoutSchema.nullish(),
    }),
  )
  .max(200);

type Label = z.infer<typeof labelsSchema>[number];

const maxLabelBytes = 5 * 1024 * 1024;

/** One file with the labels of all `ids`, or "not-found" when PostNord does not know one of them. */
export function readLabels(
  response: HttpResponse,
  ids: readonly string[],
  format: LabelFormat,
): Uint8Array | "not-found" {
  const labels = readJson(response, labelsSchema);
  const printed = new Set<Label>();
  for (const id of ids) {
    const label = labels.find((one) => itemOf(one, id));
    const item = label && itemOf(label, id);
    if (!item) throw unexpectedAnswer(response, "it does not speak of our parcel");
    if (item.status !== "OK") {
      const said = item.errorResponse ?? {};
      if (/not found/i.test(textOf(said))) return "not-found";
      throw refused(said, "Label", response.status);
    }
    printed.add(label);
  }
  return oneFile(
    [...printed].map(({ printout }) => bytesOf(printout, format)),
    format,
  );
}

function itemOf({ itemIds }: Label, id: string) {
  return itemIds.find((each) => each.itemIds === id || each.printId === id);
}

function bytesOf(printout: Label["printout"], format: LabelFormat): Uint8Array {
  const { data, encoding } = printout ?? {};
  if (!data) throw unreadable("is empty");
  // ZPL comes as plain text, PDF as base64: the encoding says which, whatever was asked for.
  const bytes = new Uint8Array(Buffer.from(data, encoding === "base64" ? "base64" : "utf8"));
  if (bytes.length > maxLabelBytes) throw unreadable("is larger than 5 MiB");
  const { name, isOne } = labelKinds[format];
  if (!isOne(bytes)) throw unreadable(`is not a ${name}`);
  return bytes;
}

/** ZPL follows ZPL. PDFs do not: they were asked for in one file. */
function oneFile([first, ...more]: readonly Uint8Array[], format: LabelFormat): Uint8Array {
  if (!first) throw unreadable("is empty");
  if (more.length === 0) return first;
  if (format === "pdf") throw unreadable("came as several PDFs");
  return new Uint8Array(Buffer.concat([first, ...more].flatMap((one) => [one, lineEnd])));
}

const lineEnd = new TextEncoder().encode("\n");

function unreadable(why: string): ActionError {
  return new ActionError(
    "permanent",
    `The label that PostNord sent ${why}: print it at PostNord.`,
    { cause: "label.unreadable" },
  );
}
