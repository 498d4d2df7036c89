// The command line: `ordna <command>`.
import { runMain } from "citty";
import { ordnaCommand } from "./cli/ordna-command.ts";

await runMain(ordnaCommand);
