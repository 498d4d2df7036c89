// The small zod: the page downloads it. By default it compiles its parsers with `new Function`, which the page's content
// security policy reports as a violation.
import { z } from "zod/mini";

z.config({ jitless: true });

/** A string from outside is bounded. */
export const text = (most: number) => z.string().check(z.maxLength(most));

export { z };
