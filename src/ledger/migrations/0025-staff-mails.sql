-- E-mails to the people who work here: what needs them, gathered, and once a week how it went.
create table staff_mail (
  id       bigint generated always as identity primary key,
  store    text not null,
  -- "2026-48" for the week that a digest tells of; null: alerts.
  week     text check (week ~ '^\d{4}-\d{2}$'),
  made_at  timestamptz not null default now(),
  -- How many of the receivers have theirs; the next one's was begun, and may be on its way.
  sent     integer not null default 0,
  begun_at timestamptz,
  ended_at timestamptz,
  error    text,
  unique (store, week)
);
create index staff_mail_open on staff_mail (store) where ended_at is null;

-- Which e-mail tells an alert, or that it is over.
alter table alert add column staff_mail bigint references staff_mail (id);
create index alert_of_staff_mail on alert (staff_mail) where staff_mail is not null;
create index alert_unmailed on alert (store, raised_at) where staff_mail is null;
