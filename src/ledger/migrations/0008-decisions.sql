-- What people decided: who, what, why, before and after. Each row carries the hash of the one before it.
create table decision (
  number        bigint primary key check (number > 0),
  -- Given by whoever asks: the same key twice does it once.
  key           text not null unique check (key <> '' and length(key) <= 200),
  what          text not null check (what ~ '^[a-z][a-z0-9.-]{0,59}$'),
  actor         text not null check (actor <> '' and length(actor) <= 200),
  -- From where: the page, a terminal, a program.
  origin        text not null check (origin <> '' and length(origin) <= 200),
  reference     text references orders (reference),
  step          text check (length(step) <= 80),
  decided_at    timestamptz not null,
  -- What was asked, why, before and after, as JSON text: byte for byte what `detail_hash` was made of.
  detail        text,
  detail_hash   text not null check (detail_hash ~ '^[0-9a-f]{64}$'),
  previous_hash text not null check (previous_hash ~ '^[0-9a-f]{64}$'),
  hash          text not null unique check (hash ~ '^[0-9a-f]{64}$')
);
create index decision_of_order on decision (reference, number);
create index decision_of_what on decision (what, number);

-- Nothing of it changes, with one exception: a detail may hold personal data, and may be erased. Its hash stays, so that
-- the chain holds.
create function decision_guard() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and new.detail is null and old.detail is not null
     and (to_jsonb(new) - 'detail') = (to_jsonb(old) - 'detail') then
    return new;
  end if;
  raise exception 'rows of decision are permanent' using errcode = 'LG009';
end $$;
create trigger decision_is_permanent before update or delete on decision
  for each row execute function decision_guard();
create trigger decision_stays before truncate on decision execute function permanent();

-- A row stands where the chain ends, and nowhere else.
create function decision_link_guard() returns trigger language plpgsql as $$
declare
  last decision%rowtype;
begin
  select * into last from decision order by number desc limit 1;
  if new.number <> coalesce(last.number, 0) + 1
     or new.previous_hash <> coalesce(last.hash, repeat('0', 64)) then
    raise exception 'decision % does not follow the last one', new.number using errcode = 'LG010';
  end if;
  return new;
end $$;
create trigger decision_follows before insert on decision
  for each row execute function decision_link_guard();
