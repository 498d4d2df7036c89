// The answer to "print these ids": bytes are believed only when they are a PDF of our parcel.
import { z } from "zod";
import { ActionError } from "../../connector-kit/action-error.ts";
import { type HttpResponse, readJson, unexpectedAnswer } from "../../connector-kit/http.ts";
import { errorResponseSchema, refused, textOf } from "./failure.ts";

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

const maxLabelBytes = 5 * 1024 * 1024;

/** The PDF that was asked for by `id`, or "not-found". */
export function readLabel(response: HttpResponse, id: string): Uint8Array | "not-found" {
  const labels = readJson(response, labelsSchema);
  for (const { itemIds, printout } of labels) {
    const item = itemIds.find((each) => each.itemIds === id || each.printId === id);
    if (!item) continue;
    if (item.status === "OK") return pdfOf(printout);
    const said = item.errorResponse ?? {};
    if (/not found/i.test(textOf(said))) return "not-found";
    throw refused(said, "Label", response.status);
  }
  throw unexpectedAnswer(response, "it does not speak of our parcel");
}

function pdfOf(printout: z.infer<typeof printoutSchema> | null | undefined): Uint8Array {
  const { data, encoding } = printout ?? {};
  if (!data) throw unreadable("is empty");
  // ZPL comes as plain text, PDF as base64: the encoding says which, whatever was asked for.
  const bytes = new Uint8Array(Buffer.from(data, encoding === "base64" ? "base64" : "utf8"));
  if (bytes.length > maxLabelBytes) throw unreadable("is larger than 5 MiB");
  if (!Buffer.from(bytes.subarray(0, 4)).equals(Buffer.from("%PDF"))) {
    throw unreadable("is not a PDF");
  }
  return bytes;
}

function unreadable(why: string): ActionError {
  return new ActionError(
    "permanent",
    `The label that PostNord sent ${why}: print it at PostNord.`,
    {
      cause: "label.unreadable",
    },
  );
}
