// A resource: the routes of one noun. A route is its schema, and both are the OpenAPI document.
import { OpenAPIHono } from "@hono/zod-openapi";
import type { AppOptions } from "./app-options.ts";
import { refuse } from "./refuse.ts";

/** Its file stands in routes/ and its name in the list of api.ts; there is nothing else to do. */
export type Resource = (options: AppOptions) => OpenAPIHono;

/** An empty resource, which refuses what does not fit its schemas with a sentence that names the field. */
export function resource(): OpenAPIHono {
  return new OpenAPIHono({
    defaultHook: (result, c) => {
      if (result.success) return undefined;
      // An address that no record can have is the address of no record.
      if (result.target === "param")
        return refuse(c, 404, `There is no such ${nounOf(c.req.path)}.`);
      const issue = result.error.issues[0];
      return refuse(c, 400, `${issue?.path.join(".") || "request"}: ${issue?.message}`);
    },
  });
}

/** "order" of "/api/orders/abc". */
const nounOf = (path: string) => path.split("/")[2]?.replace(/s$/, "") ?? "address";
