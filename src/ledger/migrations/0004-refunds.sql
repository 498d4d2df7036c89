-- What went back to the buyer, by payment: kept also when there is no order of it yet, so that it opens stopped.
create table refund (
  source         text not null,
  payment_intent text not null check (payment_intent <> '' and length(payment_intent) <= 255),
  currency       text not null,
  refunded_minor bigint not null check (refunded_minor >= 0),
  paid_minor     bigint not null check (paid_minor >= 0),
  changed_at     timestamptz not null default now(),
  primary key (source, payment_intent)
);

-- A stopped order begins nothing more. What was begun is brought to an end.
alter table orders
  add column stopped_at timestamptz,
  add column stopped_because text,
  add check ((stopped_at is null) = (stopped_because is null)),
  add check (state <> 'cancelled' or stopped_at is not null);

create function stopped_guard() returns trigger language plpgsql as $$
begin
  if old.stopped_at is not null and new.stopped_at is distinct from old.stopped_at then
    raise exception 'order % stays stopped', new.reference using errcode = 'LG007';
  end if;
  if new.state = 'cancelled' and old.state <> 'cancelled' and exists
     (select 1 from step s join run r on r.id = s.run
      where r.reference = new.reference and s.state not in ('done', 'skipped')) then
    raise exception 'order % still has open steps', new.reference using errcode = 'LG006';
  end if;
  return new;
end $$;
create trigger stopped_guard before update on orders for each row execute function stopped_guard();
