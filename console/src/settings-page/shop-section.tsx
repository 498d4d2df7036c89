import { TextInput } from "@mantine/core";
import { useConfiguration } from "../api/use-configuration.ts";
import { useStatus } from "../api/use-status.ts";
import { words } from "../language/words.ts";
import { Sheet } from "../shell/sheet.tsx";
import { countryName } from "../words/place-name.ts";
import { providerName } from "../words/provider-name.ts";
import { keepMinutesOfWork, minutesOfWork } from "./minutes-of-work.ts";
import { Section } from "./section.tsx";

/** Stores, providers, alerts and retention, as they are configured; and what readers choose for themselves. */
export default function ShopSection() {
  const { settings: say } = words();
  return (
    <>
      <Section title={say.stores} intro={say.inConfig} query={useConfiguration()}>
        {({ stores, retention }) => (
          <>
            {stores.map((one) => (
              <Facts
                key={one.store}
                title={one.shopName}
                facts={[
                  [say.store, one.store],
                  [say.country, countryName(one.country)],
                  [say.vatNumber, one.vatNumber ?? "–"],
                  [say.oss, one.isInOss ? say.yes : say.no],
                  [say.timeZone, one.timeZone],
                  [say.webhook, one.webhook],
                ]}
              />
            ))}
            {retention && (
              <Facts
                title={say.retention}
                facts={(["letters", "labels", "customers", "invoices"] as const).map((kind) => [
                  say.kept[kind],
                  say.keptFor(retention[kind]),
                ])}
              />
            )}
          </>
        )}
      </Section>
      <Installation />
      <section className="panel" aria-labelledby="yours">
        <h3 id="yours">{say.yours}</h3>
        <TextInput
          className="short-field"
          type="number"
          label={say.minutes}
          min={1}
          max={999}
          defaultValue={minutesOfWork()}
          onChange={(event) => keepMinutesOfWork(Number(event.currentTarget.value))}
        />
      </section>
    </>
  );
}

function Installation() {
  const { settings: say, providers } = words();
  const status = useStatus().data;
  if (!status) return null;
  const roles: Readonly<Record<string, string>> = say.roles;
  const alerts = status.providers.filter(({ role }) => role === "alerts");
  const teller = [...new Set(alerts.map(({ provider }) => providerName(provider)))].join(", ");
  return (
    <>
      <Facts title={say.alerts} facts={[[say.alertsTo, teller]]} note={say.alertsWhy} />
      <Facts
        title={say.installation}
        facts={[
          [say.version, status.version],
          [say.database, status.database],
          [say.queue, status.queue],
        ]}
      />
      <Sheet
        caption={say.installation}
        columns={[{ name: say.role }, { name: say.provider }, { name: say.store }]}
        rows={status.providers.map(({ store, role, provider, isSimulated }) => ({
          key: `${store} ${role}`,
          cells: [
            roles[role] ?? role,
            `${providerName(provider)}${isSimulated ? ` (${providers.simulated})` : ""}`,
            store,
          ],
        }))}
      />
    </>
  );
}

interface FactsProps {
  readonly title: string;
  readonly note?: string;
  readonly facts: readonly (readonly [name: string, value: string])[];
}

function Facts({ title, note, facts }: FactsProps) {
  return (
    <section className="panel" aria-label={title}>
      <h3>{title}</h3>
      {note && <p className="soft">{note}</p>}
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="breaks">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
