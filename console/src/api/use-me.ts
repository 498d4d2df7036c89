// Who looks at the page, and what they may. The server decides; the page says it before somebody presses in vain.
import { words } from "../language/words.ts";
import { text as bounded, z } from "./jitless-zod.ts";
import { useLoad } from "./use-load.ts";

const text = bounded(400);
const meSchema = z.object({
  name: text,
  permissions: z.array(text),
  role: z.optional(z.nullable(text)),
  isPerson: z.optional(z.boolean()),
  isRevealing: z.optional(z.boolean()),
});

const whoCan = {
  decide: "manager",
  tech: "developer",
  personal: "manager",
  money: "finance",
  manage: "owner",
} as const;
export type Permission = keyof typeof whoCan;

/** The page is "sandbox" to itself where nobody logs in. */
export const useMe = () => useLoad(["me"], "/api/session", meSchema).data;

/** "Order manager can do this."; undefined when the reader can, or as long as it is not known. */
export function useForbidden(permission: Permission = "decide"): string | undefined {
  const me = useMe();
  const { canDoThis, roles } = words().shell;
  if (!me || me.permissions.includes(permission)) return undefined;
  return canDoThis(roles[whoCan[permission]]);
}

const colleaguesSchema = z.object({ colleagues: z.array(z.object({ id: text, name: text })) });

export const useColleagues = (isWanted: boolean) =>
  useLoad(["colleagues"], "/api/colleagues", colleaguesSchema, { isWanted }).data?.colleagues ?? [];
