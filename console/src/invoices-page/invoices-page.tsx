import { words } from "../language/words.ts";
import { usePageTitle } from "../shell/use-page-title.ts";

export function InvoicesPage() {
  const { title } = words().invoices;
  usePageTitle(title);
  return <h1>{title}</h1>;
}
