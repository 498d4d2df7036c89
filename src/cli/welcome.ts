import { defineCommand } from "citty";
import { z } from "zod";
import { jsonArg, report } from "./report.ts";
import { askServer } from "./server.ts";

export const welcomeCommand = defineCommand({
  meta: { name: "welcome", description: "A link that lets an owner in once, within 15 minutes" },
  args: { ...jsonArg },
  run: ({ args }) =>
    report(args.json, async () => {
      const { link } = await askServer("/welcome", z.object({ link: z.string() }), {
        method: "POST",
        body: {},
      });
      return { isTrue: true, text: link, json: { link } };
    }),
});
