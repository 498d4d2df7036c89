import { words } from "../language/words.ts";
import { usePageTitle } from "../shell/use-page-title.ts";

export function EventsPage() {
  const { title } = words().events;
  usePageTitle(title);
  return <h1>{title}</h1>;
}
