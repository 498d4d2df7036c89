import type { z } from "@hono/zod-openapi";

/** `content` of a route that speaks JSON. */
export const json = <S extends z.ZodType>(schema: S) => ({ "application/json": { schema } });
