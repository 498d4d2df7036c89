import { ApiError, postJson } from "../api/fetch-json.ts";
import { text as bounded, z } from "../api/jitless-zod.ts";
import { useLoad } from "../api/use-load.ts";
import { words } from "../language/words.ts";

const text = bounded(2000);
const maybe = z.nullable(text);
const labelSchema = z.object({
  reference: text,
  step: text,
  shopOrder: maybe,
  customer: maybe,
  city: maybe,
  country: maybe,
  service: maybe,
  trackingNumber: maybe,
  madeAt: z.iso.datetime(),
  printedAt: z.nullable(z.iso.datetime()),
  printedBy: maybe,
  lines: z.array(z.object({ description: text, quantity: z.int() })),
});
export type Label = Readonly<z.infer<typeof labelSchema>>;

export const useLabels = () =>
  useLoad(
    ["print"],
    "/api/labels",
    z.object({ unprinted: z.array(labelSchema), printed: z.array(labelSchema) }),
  );

export type LabelKey = Pick<Label, "reference" | "step">;

const chosen = (labels: readonly LabelKey[]) => ({
  labels: labels.map(({ reference, step }) => ({ reference, step })),
});

/** One document with all of them. */
export async function fetchLabels(labels: readonly LabelKey[], kind: "pdf" | "zpl"): Promise<Blob> {
  const response = await fetch(`/api/labels/${kind}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(chosen(labels)),
  }).catch(() => {
    throw new ApiError(0, words().shell.noAnswer);
  });
  if (response.ok) return response.blob();
  const body: unknown = await response.json().catch(() => undefined);
  const refusal = z.object({ error: text }).safeParse(body).data;
  throw new ApiError(response.status, refusal?.error ?? words().shell.answered(response.status));
}

export const markPrinted = (labels: readonly LabelKey[]) =>
  postJson(z.object({ printed: z.int() }), "/api/labels/printed", chosen(labels));
