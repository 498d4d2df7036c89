// A letter as its reader's program gets it: our layout, filled as Mailgun fills it.
import { renderHandlebars } from "../../src/connectors/mailgun/simulated-handlebars.ts";
import { layouts } from "../../src/connectors/mailgun/template.ts";
import type { Letter } from "../../src/language/letter.ts";

export function renderedLetter({ template, variables }: Letter): string {
  const layout = layouts.find(({ name }) => name === template);
  if (!layout) throw new Error(`There is no layout "${template}".`);
  return renderHandlebars(layout.html, variables);
}
