import { words } from "../language/words.ts";
import { usePageTitle } from "../shell/use-page-title.ts";

export function AuditPage() {
  const { title } = words().audit;
  usePageTitle(title);
  return <h1>{title}</h1>;
}
