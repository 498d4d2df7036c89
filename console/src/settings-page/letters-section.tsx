import { NativeSelect } from "@mantine/core";
import { useState } from "react";
import { useConfiguration } from "../api/use-configuration.ts";
import { languageNow, locale, words } from "../language/words.ts";
import { Section } from "./section.tsx";

/** "Finnish (fi)", in the reader's language. */
function languageName(tag: string): string {
  const name = new Intl.DisplayNames(locale(), { type: "language" }).of(tag);
  return name && name !== tag ? `${name} (${tag})` : tag;
}

/** Each e-mail in each language, as a customer reads it. */
export default function LettersSection() {
  const { letters: say } = words();
  const names: Readonly<Record<string, string>> = say.templates;
  const [wanted, setWanted] = useState("order-confirmation");
  const [language, setLanguage] = useState<string>(languageNow() === "fi" ? "fi" : "en");
  return (
    <Section title={say.title} intro={`${say.intro} ${say.where}`} query={useConfiguration()}>
      {({ letters, languages }) => (
        <>
          <div className="fields">
            <NativeSelect
              label={say.which}
              value={wanted}
              onChange={(event) => setWanted(event.currentTarget.value)}
              data={letters.map((value) => ({ value, label: names[value] ?? value }))}
            />
            <NativeSelect
              label={say.language}
              value={language}
              onChange={(event) => setLanguage(event.currentTarget.value)}
              data={languages.map((value) => ({ value, label: languageName(value) }))}
            />
          </div>
          <iframe
            className="letter"
            sandbox=""
            title={say.preview(names[wanted] ?? wanted, languageName(language))}
            src={`/api/letters/${wanted}/${language}`}
          />
        </>
      )}
    </Section>
  );
}
