import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { postJson } from "../api/fetch-json.ts";
import { text as bounded, z } from "../api/jitless-zod.ts";
import { type Account, useAccounts } from "../api/use-accounts.ts";
import { useLoad } from "../api/use-load.ts";
import { useForbidden } from "../api/use-me.ts";
import { words } from "../language/words.ts";
import { Bars } from "../shell/bars.tsx";
import { MarkIcon } from "../shell/mark-icon.tsx";
import { OfficePage } from "../shell/office-page.tsx";
import { useNow } from "../shell/use-now.ts";
import { causeName } from "../words/cause-name.ts";
import { formatAgo, formatDay, formatNumber, formatTime } from "../words/format-time.ts";
import { providerName } from "../words/provider-name.ts";
import { LastCalls } from "./last-calls.tsx";
import { PauseAccount } from "./pause-account.tsx";

const text = bounded(200);
const daySchema = z.object({ account: text, day: text, good: z.int(), bad: z.int() });
type Day = z.infer<typeof daySchema>;

export function ProvidersPage() {
  const { title, intro } = words().providers;
  const days = useLoad(
    ["account-days"],
    "/api/accounts/days?days=90",
    z.object({ days: z.array(daySchema) }),
  );
  const now = useNow();
  return (
    <OfficePage title={title} intro={intro} query={useAccounts()}>
      {({ accounts }) => (
        <div className="accounts">
          {accounts
            .filter(({ provider }) => provider !== "folder")
            .map((account) => (
              <AccountPanel
                key={account.account}
                account={account}
                days={days.data?.days.filter((day) => day.account === account.account) ?? []}
                now={now}
              />
            ))}
        </div>
      )}
    </OfficePage>
  );
}

interface PanelProps {
  readonly account: Account;
  readonly days: readonly Day[];
  readonly now: Date;
}

function AccountPanel({ account, days, now }: PanelProps) {
  const { providers: say, settings } = words();
  const roleNames: Readonly<Record<string, string>> = settings.roles;
  const { paused } = account;
  const isWell = account.state === "closed" && !paused;
  const { perSecond } = account.limits;
  return (
    <section
      className={`panel account ${isWell ? "done" : "waiting"}`}
      aria-label={account.account}
    >
      <h2>
        <MarkIcon mark={isWell ? "done" : "waiting"} /> {providerName(account.provider)}
        <span className="soft">
          {account.roles.map((role) => roleNames[role] ?? role).join(", ")}
          {account.isSimulated && ` · ${say.simulated}`}
        </span>
      </h2>
      <p>
        <strong className="state-word">{say.states[paused ? "paused" : account.state]}</strong>
        {paused &&
          ` ${say.pausedBy(paused.by, formatTime(new Date(paused.since), now), paused.reason)}`}
        {!isWell &&
          !paused &&
          account.since &&
          ` ${say.since(formatTime(new Date(account.since), now))}`}
        {account.why && `: ${causeName(account.why.cause, account.provider)}`}
      </p>
      {account.why && <p className="soft">{account.why.message}</p>}
      <p>
        {account.waiting > 0 ? say.waiting(account.waiting) : say.noneWaiting}
        {perSecond !== undefined && ` · ${say.rate(account.rate, perSecond)}`}
        {account.nextTestAt && ` · ${say.nextTest(formatAgo(new Date(account.nextTestAt), now))}`}
      </p>
      {account.keySince && <p className="soft">{say.keySince(formatDay(account.keySince))}</p>}
      <PauseAccount account={account} />
      {account.state !== "closed" && <Probe account={account.account} />}
      <NinetyDays days={days} />
      <LastCalls account={account.account} />
    </section>
  );
}

function Probe({ account }: { readonly account: string }) {
  const forbidden = useForbidden();
  const client = useQueryClient();
  const probe = useMutation({
    mutationFn: () => postJson(z.object({ account: text }), "/api/accounts/probe", { account }),
    onSettled: () => client.invalidateQueries({ queryKey: ["orders"] }),
  });
  return (
    <p className="actions">
      <Button
        onClick={() => probe.mutate()}
        loading={probe.isPending}
        disabled={forbidden !== undefined}
      >
        {words().providers.test}
      </Button>
      <span role="status">{probe.error?.message ?? forbidden}</span>
    </p>
  );
}

function NinetyDays({ days }: { readonly days: readonly Day[] }) {
  const { providers: say } = words();
  const good = days.reduce((sum, day) => sum + day.good, 0);
  const all = days.reduce((sum, day) => sum + day.good + day.bad, 0);
  if (all === 0) return <p className="soft">{say.daysNone}</p>;
  const percent = (share: number) =>
    formatNumber(share, { style: "percent", maximumFractionDigits: 1 });
  return (
    <details>
      <summary>
        {say.days}: {say.share(percent(good / all))}
      </summary>
      <Bars
        title={say.days}
        bars={days.map((day) => ({
          name: formatDay(day.day),
          value: day.good / Math.max(1, day.good + day.bad),
          word: percent(day.good / Math.max(1, day.good + day.bad)),
        }))}
      />
    </details>
  );
}
