-- What stood still and does not any more: a step that was in trouble and came to its end. Who mended it stands among the
-- decisions. One row a step, as a step ends once.
create table mended_step (
  run       text not null,
  name      text not null,
  provider  text not null,
  -- The step of the configuration.
  operation text not null,
  cause     text not null,
  since     timestamptz not null,
  mended_at timestamptz not null default now(),
  primary key (run, name),
  foreign key (run, name) references step (run, name)
);
create index mended_step_newest on mended_step (mended_at desc);

create function step_is_mended() returns trigger language plpgsql as $$
begin
  insert into mended_step (run, name, provider, operation, cause, since)
  values (new.run, new.name, new.provider, coalesce(new.definition, new.name), old.cause,
    coalesce(old.first_failed, old.changed_at)) on conflict do nothing;
  return null;
end $$;
create trigger step_is_mended after update on step for each row
  when (new.state in ('done', 'skipped') and old.state not in ('done', 'skipped') and old.cause is not null)
  execute function step_is_mended();

-- What stays of a message when everything is taken out that differs from order to order: numbers, ids, what is quoted.
create function message_fingerprint(message text) returns text language sql immutable as $$
  select left(md5(regexp_replace(regexp_replace(lower(coalesce(message, '')),
    '"[^"]*"|“[^”]*”|[^\s]*[0-9@][^\s]*', '#', 'g'), '\s+', ' ', 'g')), 12)
$$;

-- A failure that no connector foresaw, and the name that a person gave it.
create table cause_name (
  provider    text not null,
  operation   text not null,
  fingerprint text not null check (fingerprint ~ '^[0-9a-f]{12}$'),
  name        text not null check (length(name) between 1 and 120),
  decision    bigint not null references decision (number),
  primary key (provider, operation, fingerprint)
);

-- Of what nobody foresaw, only the failures that are alike are tried again together.
alter table bulk add column fingerprint text;

-- step_in_the_way serves both: whoever waits for a person has a cause.
drop index step_waiting;
