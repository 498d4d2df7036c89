import { defineCommand } from "citty";
import { z } from "zod";
import { momentOf } from "./moment-of.ts";
import { jsonArg, report, say } from "./report.ts";
import { askServer } from "./server.ts";

const finding = z.object({
  store: z.string(),
  reference: z.string(),
  step: z.string(),
  kept: z.string(),
  state: z.enum(["once", "twice", "unseen", "unasked"]),
  others: z.array(z.string()),
  why: z.string().optional(),
});
type Finding = z.infer<typeof finding>;
const place = z.object({ run: z.string(), step: z.string() });
const answer = z.object({ findings: z.array(finding), next: place.nullable() });

const longestDays = 366;

export const auditCommand = defineCommand({
  meta: {
    name: "audit",
    description: "Look at the providers for anything that was done twice",
  },
  args: {
    ...jsonArg,
    since: {
      type: "string",
      default: "3d",
      description: "How far back: 3d, 12h, 2026-11-01 (UTC) or 2026-11-01T08:00:00Z",
    },
  },
  run: ({ args }) =>
    report(args.json, async () => {
      const counts = { looked: 0, once: 0, twice: 0, unseen: 0, unasked: 0 };
      for await (const found of audited(args.since)) {
        counts.looked += 1;
        counts[found.state] += 1;
        if (found.state !== "once") say(line(found));
      }
      const { looked, once, twice, unasked } = counts;
      const text = `${looked} changes were in doubt: ${once} there once, ${twice} more than once.`;
      return { isTrue: twice + unasked === 0, text, json: counts };
    }),
});

async function* audited(since: string): AsyncGenerator<Finding> {
  const now = new Date();
  const withinMs = now.getTime() - momentOf("--since", since, now, longestDays).getTime();
  let after: z.infer<typeof place> | undefined;
  do {
    const body = { withinMs, after };
    const { findings, next } = await askServer("/audit", answer, { method: "POST", body });
    yield* findings;
    after = next ?? undefined;
  } while (after);
}

function line({ state, reference, step, kept, others, why }: Finding): string {
  const what = {
    once: "",
    twice: `also ${others.join(", ")}`,
    unseen: "the provider does not list it",
    unasked: why ?? "",
  }[state];
  return `${state.padEnd(8)} ${reference}  ${step}  ${kept}  ${what}`;
}
