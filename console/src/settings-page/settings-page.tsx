import { words } from "../language/words.ts";
import { usePageTitle } from "../shell/use-page-title.ts";

export function SettingsPage() {
  const { title } = words().settings;
  usePageTitle(title);
  return <h1>{title}</h1>;
}
