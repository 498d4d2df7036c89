import { words } from "../language/words.ts";
import { usePageTitle } from "../shell/use-page-title.ts";

export function PrintPage() {
  const { title } = words().print;
  usePageTitle(title);
  return <h1>{title}</h1>;
}
