import { ActionIcon, Menu } from "@mantine/core";
import { useMe } from "../api/use-me.ts";
import { languageNow, languages, speak, words } from "../language/words.ts";
import { Icon } from "./icon.tsx";
import { useColourScheme } from "./use-colour-scheme.ts";
import { useGo } from "./use-go.ts";
import { useLogOut } from "./use-log-out.ts";
import "@mantine/core/styles/Popover.layer.css";
import "@mantine/core/styles/Menu.layer.css";

const schemes = ["auto", "light", "dark"] as const;

/** What each reader chooses for themselves. */
export default function ReaderMenu({ onHelp }: { readonly onHelp: () => void }) {
  const { shell, account } = words();
  const me = useMe();
  const go = useGo();
  const logOut = useLogOut();
  const { scheme, choose } = useColourScheme();
  return (
    <Menu shadow="md" width={230} position="bottom-end" defaultOpened>
      <Menu.Target>
        <ActionIcon variant="subtle" size="lg" aria-label={shell.yours}>
          <Icon name="person" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {me?.isPerson && (
          <>
            <Menu.Label>{me.name}</Menu.Label>
            <Menu.Item onClick={() => go("/settings/account")}>{account.title}</Menu.Item>
            <Menu.Item onClick={logOut}>{account.logOut}</Menu.Item>
          </>
        )}
        <Menu.Label>{shell.theme}</Menu.Label>
        {schemes.map((one) => (
          <Choice
            key={one}
            word={shell.themes[one]}
            isChosen={scheme === one}
            choose={() => choose(one)}
          />
        ))}
        <Menu.Label>{shell.language}</Menu.Label>
        {languages.map((one) => (
          <Choice
            key={one}
            word={shell.languages[one]}
            lang={one}
            isChosen={languageNow() === one}
            choose={() => speak(one)}
          />
        ))}
        <Menu.Divider />
        <Menu.Item onClick={onHelp}>{shell.help} (?)</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

interface ChoiceProps {
  readonly word: string;
  readonly lang?: string;
  readonly isChosen: boolean;
  readonly choose: () => void;
}

function Choice({ word, lang, isChosen, choose }: ChoiceProps) {
  return (
    <Menu.Item
      lang={lang}
      onClick={choose}
      role="menuitemradio"
      aria-checked={isChosen}
      rightSection={isChosen ? "✓" : undefined}
    >
      {word}
    </Menu.Item>
  );
}
