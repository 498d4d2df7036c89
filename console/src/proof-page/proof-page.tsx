import { words } from "../language/words.ts";
import { usePageTitle } from "../shell/use-page-title.ts";

export function ProofPage() {
  const { title } = words().proof;
  usePageTitle(title);
  return <h1>{title}</h1>;
}
