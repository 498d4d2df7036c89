// What an event of Mailgun says of the message that it is about.
import type { z } from "zod";
import type { eventSchema } from "./api.ts";

export type MessageEvent = z.infer<typeof eventSchema>;

export interface EventTraces {
  /** As ours are written: without angle brackets, in lower case. */
  readonly messageId: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
}

export function tracesOf(event: Pick<MessageEvent, "message" | "user-variables">): EventTraces {
  const id = event.message?.headers?.["message-id"];
  return {
    messageId: id?.replace(/^<|>$/g, "").toLowerCase(),
    variables: variablesOf(event["user-variables"]),
  };
}

/** The Events API gives an object, the Logs API the same as a JSON string. */
function variablesOf(variables: MessageEvent["user-variables"]): Readonly<Record<string, unknown>> {
  if (typeof variables !== "string") return variables ?? {};
  try {
    const parsed: unknown = JSON.parse(variables);
    return typeof parsed === "object" && parsed !== null ? { ...parsed } : {};
  } catch {
    return {};
  }
}
