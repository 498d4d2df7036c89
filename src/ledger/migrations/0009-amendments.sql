-- What people may change of an order's course. Its facts stay as they came.
alter table orders
  -- Facts and amendments together: what steps see. Null while nobody amended anything.
  add column amended jsonb,
  -- Begins nothing more until it is released. What was begun is brought to its end.
  add column held_at timestamptz,
  add column held_because text,
  -- Who looks after it, and until when nobody wants to see it.
  add column assigned_to text check (length(assigned_to) <= 200),
  add column snoozed_until timestamptz,
  add check ((held_at is null) = (held_because is null));

create table amendment (
  reference text not null references orders (reference),
  decision  bigint not null references decision (number),
  -- A path, such as shipTo.address.postalCode.
  field     text not null check (length(field) <= 300),
  before    jsonb,
  after     jsonb,
  primary key (decision, field)
);
create index amendment_of_order on amendment (reference, decision);

-- Values may be erased, as those of decisions; nothing else of a row changes.
create function amendment_guard() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and new.before is null and new.after is null
     and (to_jsonb(new) - 'before' - 'after') = (to_jsonb(old) - 'before' - 'after') then
    return new;
  end if;
  raise exception 'rows of amendment are permanent' using errcode = 'LG009';
end $$;
create trigger amendment_is_permanent before update or delete on amendment
  for each row execute function amendment_guard();

alter table step
  -- The step of the configuration that it does once more, as a change of its own; null when it has that name itself.
  add column definition text,
  -- Stands on the step, so that a claim that waited for it sees it.
  add column is_held boolean not null default false;

-- Facts for this run alone: an e-mail that goes to another address.
alter table run add column changes jsonb;
