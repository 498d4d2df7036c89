-- What is forgotten: because its time has come, or because the customer asked.

-- The letter of an event is emptied; its hash, its disposition and its order stay.
alter table event add column emptied_at timestamptz;
alter table event add check (emptied_at is null or octet_length(body) = 0);
create index event_letter on event (settled_at)
  where emptied_at is null and disposition in ('opened', 'joined', 'ignored');

-- Contact data leaves the order's facts once, and nothing else ever changes them.
alter table orders
  add column forgotten_at timestamptz,
  add column forgotten_because text,
  add check ((forgotten_at is null) = (forgotten_because is null));
create index orders_finished on orders (changed_at, reference) where state in ('done', 'cancelled');
create index orders_of_buyer on orders (lower(facts #>> '{buyer,email}'));
create index orders_of_recipient on orders (lower(facts #>> '{shipTo,email}'));

create function facts_guard() returns trigger language plpgsql as $$
begin
  if old.forgotten_at is not null and new.forgotten_at is distinct from old.forgotten_at then
    raise exception 'order % stays forgotten', new.reference using errcode = 'LG010';
  end if;
  if new.facts is distinct from old.facts and (old.forgotten_at is not null or new.forgotten_at is null) then
    raise exception 'the facts of order % never change', new.reference using errcode = 'LG010';
  end if;
  if new.forgotten_at is not null and old.forgotten_at is null and new.state not in ('done', 'cancelled') then
    raise exception 'order % is not finished', new.reference using errcode = 'LG010';
  end if;
  return new;
end $$;
create trigger facts_guard before update on orders for each row execute function facts_guard();

-- Files that were removed on purpose: whoever looks for one is told so, and not to restore it.
create table removed_file (
  run        text not null,
  name       text not null,
  file_key   text not null check (file_key <> ''),
  why        text not null check (why <> ''),
  removed_at timestamptz not null default now(),
  primary key (run, name, file_key),
  foreign key (run, name) references step (run, name)
);
create trigger removed_file_is_permanent before delete or update on removed_file
  for each row execute function permanent();
