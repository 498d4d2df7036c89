// How lists are asked for, page by page.
import { z } from "@hono/zod-openapi";

const sentence = "A number from 1 to 200";

export const pageLimit = z
  .string()
  .regex(/^\d{1,3}$/, sentence)
  .transform(Number)
  .refine((limit) => limit >= 1 && limit <= 200, sentence)
  .default(50)
  .openapi({ type: "integer", minimum: 1, maximum: 200, default: 50 });
