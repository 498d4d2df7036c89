import { words } from "../language/words.ts";
import { usePageTitle } from "../shell/use-page-title.ts";

export function InboxPage() {
  const { title } = words().inbox;
  usePageTitle(title);
  return <h1>{title}</h1>;
}
