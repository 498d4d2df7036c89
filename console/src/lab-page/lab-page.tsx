import { words } from "../language/words.ts";
import { usePageTitle } from "../shell/use-page-title.ts";

export function LabPage() {
  const { title } = words().lab;
  usePageTitle(title);
  return <h1>{title}</h1>;
}
