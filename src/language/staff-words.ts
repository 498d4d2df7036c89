// What the people who work here are told by e-mail, in their own language. Customers' letters are elsewhere.
import { IntlMessageFormat } from "intl-messageformat";

const english = {
  needs: "{count, plural, one {# thing needs you} other {# things need you}} – {shop}",
  told: "{count, plural, one {# piece of news} other {# pieces of news}} – {shop}",
  over: "{count, plural, one {Resolved} other {# resolved}} – {shop}",
  title_needs: "This needs you",
  title_told: "For your information",
  title_over: "This is over",
  text: "Everything else goes on by itself.",
  resolved: "Resolved",
  open_order: "Open the order",
  open_inbox: "Open the inbox",
  closing: "Ordna",
  digest_subject: "Your week: {touchless} without anybody – {shop}",
  digest_title: "How the week went",
  digest_text:
    "{orders, plural, one {# order} other {# orders}}, of which {done} are done and {touchless} needed nobody.",
  digest_share: "Needed nobody",
  digest_half: "From payment to the last step, for half of them",
  digest_most: "For 95 of 100",
  digest_minutes: "{minutes, plural, one {# minute} other {# minutes}}",
  digest_oldest: "Oldest that is still open",
  digest_oldest_value: "{reference}, since {date}",
  digest_none: "none",
  digest_cause: "What needed somebody",
  digest_cause_value: "{cause} ({provider}): {orders, plural, one {# order} other {# orders}}",
};

type StaffWords = typeof english;

const finnish: StaffWords = {
  needs: "{count, plural, one {# asia tarvitsee sinua} other {# asiaa tarvitsee sinua}} – {shop}",
  told: "{count, plural, one {# tiedote} other {# tiedotetta}} – {shop}",
  over: "{count, plural, one {Selvinnyt} other {# selvinnyt}} – {shop}",
  title_needs: "Tämä tarvitsee sinua",
  title_told: "Tiedoksi",
  title_over: "Tämä on ohi",
  text: "Kaikki muu etenee itsestään.",
  resolved: "Selvinnyt",
  open_order: "Avaa tilaus",
  open_inbox: "Avaa saapuneet",
  closing: "Ordna",
  digest_subject: "Viikkosi: {touchless} ilman ketään – {shop}",
  digest_title: "Näin viikko meni",
  digest_text:
    "{orders, plural, one {# tilaus} other {# tilausta}}, joista valmiita {done} ja ilman ketään hoituneita {touchless}.",
  digest_share: "Ei tarvinnut ketään",
  digest_half: "Maksusta viimeiseen vaiheeseen, puolella tilauksista",
  digest_most: "95:llä sadasta",
  digest_minutes: "{minutes, plural, one {# minuutti} other {# minuuttia}}",
  digest_oldest: "Vanhin yhä avoin",
  digest_oldest_value: "{reference}, avoinna {date} lähtien",
  digest_none: "ei mikään",
  digest_cause: "Mikä tarvitsi jotakuta",
  digest_cause_value: "{cause} ({provider}): {orders, plural, one {# tilaus} other {# tilausta}}",
};

const words = { en: english, fi: finnish } as const;

/** Those of the page. */
export type StaffLanguage = keyof typeof words;

export function sayToStaff(
  language: StaffLanguage,
  id: keyof StaffWords,
  values: Readonly<Record<string, string | number>> = {},
): string {
  const format = new IntlMessageFormat(words[language][id], language, undefined, {
    ignoreTag: true,
  });
  return String(format.format({ ...values }));
}
