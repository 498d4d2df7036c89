import { words } from "../language/words.ts";
import { usePageTitle } from "../shell/use-page-title.ts";

export function ProvidersPage() {
  const { title } = words().providers;
  usePageTitle(title);
  return <h1>{title}</h1>;
}
