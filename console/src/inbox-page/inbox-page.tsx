import { type Inbox, useInbox, type Who } from "../api/use-inbox.ts";
import { words } from "../language/words.ts";
import { Announcement } from "../orders-page/announcement.tsx";
import { Loading } from "../shell/loading.tsx";
import { MarkIcon } from "../shell/mark-icon.tsx";
import { Trouble } from "../shell/trouble.tsx";
import { useNow } from "../shell/use-now.ts";
import { usePageTitle } from "../shell/use-page-title.ts";
import { CauseCard } from "./cause-card.tsx";
import { NothingNeedsYou } from "./nothing-needs-you.tsx";
import { ProviderChips } from "./provider-chips.tsx";
import { TodayStrip } from "./today-strip.tsx";

const sections: readonly Who[] = ["manager", "finance", "developer", "nobody"];

/** Home: what needs whom. */
export function InboxPage() {
  const { inbox: say } = words();
  const { data: inbox, error, isError, refetch } = useInbox();
  const attention = inbox?.counts.attention ?? 0;
  usePageTitle(attention > 0 ? `(${attention}) ${say.title}` : say.title);
  return (
    <>
      <h1 className="visually-hidden">{say.title}</h1>
      {inbox && <Content inbox={inbox} />}
      {!inbox && (isError ? <Trouble error={error} onRetry={refetch} /> : <Loading />)}
    </>
  );
}

function Content({ inbox }: { readonly inbox: Inbox }) {
  const now = useNow();
  const { inbox: say } = words();
  const ofWhom = (who: Who) => inbox.groups.filter((group) => group.who === who);
  return (
    <>
      <Announcement counts={inbox.counts} />
      {inbox.counts.attention === 0 && <NothingNeedsYou inbox={inbox} now={now} />}
      {sections.map((who) => {
        const groups = ofWhom(who);
        if (groups.length === 0) return null;
        const count = groups.reduce((sum, { orders }) => sum + orders, 0);
        return (
          <section key={who} className="inbox-section" aria-labelledby={`for-${who}`}>
            <h2 id={`for-${who}`}>
              <MarkIcon mark={who === "nobody" ? "waiting" : "needs-you"} />
              {say.groups[who]} <span className="inbox-count">{say.orders(count)}</span>
            </h2>
            {groups.map((group) => (
              <CauseCard
                key={`${group.provider} ${group.step} ${group.cause}`}
                group={group}
                now={now}
              />
            ))}
          </section>
        );
      })}
      <TodayStrip inbox={inbox} now={now} />
      <ProviderChips />
    </>
  );
}
