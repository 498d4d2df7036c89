import { defineCommand } from "citty";
import { callCommand } from "./call-command.ts";

const one = { account: { type: "positional", required: true, description: "Its name" } } as const;
const days = { days: { type: "string", default: "30", description: "So many, up to 90" } } as const;

export const accountsCommand = defineCommand({
  meta: { name: "accounts", description: "The accounts at providers, and how they are" },
  subCommands: {
    list: callCommand({
      name: "list",
      description: "All of them, with outages and who waits",
      path: () => "/accounts",
      rows: { of: "accounts", show: ["account", "state", "since", "waiting", "why"] },
    }),
    calls: callCommand({
      name: "calls",
      description: "The last calls",
      args: {
        account: { type: "string", description: "Only of this one" },
        limit: { type: "string", default: "50", description: "At most so many, up to 200" },
      },
      path: () => "/accounts/calls",
      query: ["account", "limit"],
      rows: { of: "calls", show: ["at", "account", "reference", "step", "outcome", "tookMs"] },
    }),
    days: callCommand({
      name: "days",
      description: "How each answered, day by day",
      args: days,
      path: () => "/accounts/days",
      query: ["days"],
      rows: { of: "days", show: ["day", "account", "good", "bad"] },
    }),
    probe: callCommand({
      name: "probe",
      description: "Try now whether an outage is over",
      args: one,
      method: "POST",
      path: () => "/accounts/probe",
      body: ({ account }) => ({ account }),
    }),
    pause: callCommand({
      name: "pause",
      description: "Nobody calls it for now; orders wait in line, in every process",
      args: { ...one, reason: { type: "string", required: true, description: "Kept in the log" } },
      method: "POST",
      path: () => "/accounts/pause",
      body: ({ account, reason }) => ({ account, reason }),
    }),
    resume: callCommand({
      name: "resume",
      description: "It is called again, and who waits goes on",
      args: { ...one, reason: { type: "string", description: "Kept in the log" } },
      method: "POST",
      path: () => "/accounts/resume",
      body: ({ account, reason }) => ({ account, reason }),
    }),
  },
});
