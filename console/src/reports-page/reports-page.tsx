import { words } from "../language/words.ts";
import { usePageTitle } from "../shell/use-page-title.ts";

export function ReportsPage() {
  const { title } = words().reports;
  usePageTitle(title);
  return <h1>{title}</h1>;
}
