-- What happened to an e-mail after its provider took it, as the provider told us. It is added to and never changed, so
-- that neither the order nor the number of letters matters: what became of the e-mail is the worst that was told.
create table delivery_report (
  account     text not null,
  -- The provider signs with it once.
  token       text not null check (token <> '' and length(token) <= 255),
  run         text not null,
  name        text not null,
  event_id    text not null check (event_id <> '' and length(event_id) <= 255),
  fate        text not null check (fate in ('delayed', 'delivered', 'bounced', 'complained')),
  why         text check (length(why) <= 1000),
  -- By the provider's clock.
  happened_at timestamptz not null,
  heard_at    timestamptz not null default now(),
  primary key (account, token),
  -- The same news under another token. Ids of events come again on another day.
  unique (run, name, event_id, happened_at),
  foreign key (run, name) references step (run, name)
);
create trigger delivery_report_is_permanent before delete or update on delivery_report
  for each row execute function permanent();
