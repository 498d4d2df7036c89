-- What other programs are told. A message is written in the transaction of the fact that it tells.
create table hook (
  id               bigint generated always as identity primary key,
  url              text not null check (length(url) <= 2000),
  events           text[] not null check (cardinality(events) > 0),
  -- Null: every store.
  stores           text[],
  secret           text not null,
  -- Signs too until then, so that a receiver can change its secret at leisure.
  old_secret       text,
  old_secret_until timestamptz,
  made_at          timestamptz not null default now(),
  -- Since when nothing arrived; null while it works.
  failing_since    timestamptz,
  disabled_at      timestamptz,
  disabled_because text
);

create table hook_message (
  -- "msg_..." is made of it: the receiver recognises a message that comes twice.
  id         bigint generated always as identity primary key,
  hook       bigint not null references hook (id) on delete cascade,
  type       text not null,
  reference  text not null,
  payload    text not null,
  made_at    timestamptz not null default now(),
  tries      integer not null default 0,
  due_at     timestamptz default now(),
  -- Somebody sends it now.
  leased_until timestamptz,
  arrived_at timestamptz,
  given_up_at timestamptz,
  check (due_at is null or (arrived_at is null and given_up_at is null))
);
create index hook_message_due on hook_message (due_at) where due_at is not null;
create index hook_message_of_hook on hook_message (hook, id desc);

create table hook_try (
  message  bigint not null references hook_message (id) on delete cascade,
  at       timestamptz not null default clock_timestamp(),
  status   integer,
  took_ms  integer not null,
  error    text,
  answer   text
);
create index hook_try_of_message on hook_try (message, at);

create function tell_hooks(told_type text, told_reference text, told_store text, told_data jsonb)
returns void language sql as $$
  insert into hook_message (hook, type, reference, payload)
  select h.id, told_type, told_reference,
    jsonb_build_object('type', told_type,
      'timestamp', to_char(clock_timestamp() at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'data', jsonb_build_object('reference', told_reference, 'store', told_store) || told_data)::text
  from hook h
  where told_type = any (h.events) and h.disabled_at is null
    and (h.stores is null or told_store = any (h.stores))
$$;

create function order_hooks() returns trigger language plpgsql as $$
begin
  if new.state is distinct from old.state and new.state in ('done', 'attention') then
    perform tell_hooks('order.' || new.state, new.reference, new.store,
      jsonb_build_object('shopOrder', new.facts->>'shopOrder', 'total', new.facts->'total'));
  end if;
  return null;
end $$;
create trigger order_tells_hooks after update of state on orders
  for each row execute function order_hooks();

-- A step says by what it made which fact it is: a booking has a tracking number, an invoice its number.
create function step_hooks() returns trigger language plpgsql as $$
declare
  o record;
  told text;
begin
  if new.state <> 'done' or old.state = 'done' then return null; end if;
  told := case
    when new.output ? 'bookingId' and new.output ? 'trackingNumber' then 'shipment.created'
    when new.output ? 'invoiceId' and new.output ? 'invoiceNumber' then 'invoice.created' end;
  if told is null or not exists (select 1 from hook where disabled_at is null) then return null; end if;
  select r.reference, w.store into o from run r join orders w on w.reference = r.reference where r.id = new.run;
  perform tell_hooks(told, o.reference, o.store, jsonb_build_object('step', new.name) ||
    (select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each(new.output)
     where key in ('trackingNumber', 'trackingUrl', 'service', 'bookingId', 'invoiceId', 'invoiceNumber')));
  return null;
end $$;
create trigger step_tells_hooks after update of state on step
  for each row execute function step_hooks();
