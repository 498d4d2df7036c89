-- The ledger: what happened, for ever. PostgreSQL 13 or newer, and PGlite.

-- What a payment provider told us, byte for byte.
create table event (
  source       text not null,
  id           text not null check (id <> '' and length(id) <= 255),
  store        text not null,
  type         text not null check (length(type) <= 255),
  object_id    text check (length(object_id) <= 255),
  object_type  text check (length(object_type) <= 255),
  account      text check (length(account) <= 255),
  livemode     boolean,
  api_version  text check (length(api_version) <= 255),
  created_at   timestamptz not null,
  body         bytea not null check (octet_length(body) <= 1048576),
  body_sha256  bytea not null check (octet_length(body_sha256) = 32),
  deliveries   integer not null default 1 check (deliveries >= 1),
  received_at  timestamptz not null default now(),
  disposition  text not null default 'received'
    check (disposition in ('received', 'opened', 'joined', 'ignored', 'quarantined')),
  reason       text,
  reference    text,
  tries        integer not null default 0,
  settled_at   timestamptz,
  primary key (source, id),
  check ((disposition in ('opened', 'joined')) = (reference is not null)),
  check ((disposition = 'received') = (settled_at is null))
);
create index event_newest on event (received_at desc, id);
create index event_of_object on event (source, object_id);

-- One order for one payment, whatever the event ids. `facts` is the immutable Order.
create table orders (
  reference      text primary key check (reference ~ '^[A-Z0-9]{10,20}$'),
  store          text not null,
  source         text not null,
  payment_object text not null check (length(payment_object) <= 255),
  -- Also unique where there is one, should the provider ever not tell that it belongs to a checkout.
  payment_intent text check (length(payment_intent) <= 255),
  event_id       text not null,
  livemode       boolean not null,
  state          text not null default 'open' check (state in ('open', 'attention', 'done', 'cancelled')),
  facts          jsonb not null,
  -- Names the order's files; not to be guessed from the reference, which is printed on the parcel.
  file_key       uuid not null default gen_random_uuid(),
  -- Whole milliseconds, as pages are told where to go on.
  created_at     timestamptz not null default date_trunc('milliseconds', now()),
  changed_at     timestamptz not null default now(),
  done_at        timestamptz,
  unique (source, payment_object),
  unique (source, payment_intent),
  foreign key (source, event_id) references event (source, id),
  check ((state = 'done') = (done_at is not null))
);
create index orders_newest on orders (created_at desc, reference);
create index orders_unfinished on orders (state, created_at desc) where state <> 'done';

-- One passage of one order through one pipeline. Its steps are fixed when it opens.
create table run (
  id         text primary key,
  reference  text not null references orders (reference),
  trigger    text not null,
  opened_at  timestamptz not null default now()
);
create index run_of_order on run (reference);

create table step (
  run          text not null references run (id),
  name         text not null,
  position     integer not null,
  needs        text[] not null,
  action       text not null,
  provider     text not null,
  account      text not null,
  state        text not null
    check (state in ('blocked', 'ready', 'running', 'unknown', 'parked', 'attention', 'done', 'skipped')),
  -- Grows with every claim; an outcome is written only under the fence that was claimed.
  fence        bigint not null default 0 check (fence >= 0),
  -- An earlier attempt may have had its effect and nobody has looked yet.
  in_doubt     boolean not null default false,
  -- Transient failures since the last answer that was none.
  tries        integer not null default 0 check (tries >= 0),
  not_before   timestamptz not null default now(),
  lease_owner  text,
  lease_until  timestamptz,
  settle_ms    integer not null check (settle_ms >= 0),
  input_digest text,
  output       jsonb,
  cause        text,
  message      text,
  field        text,
  first_failed timestamptz,
  changed_at   timestamptz not null default now(),
  primary key (run, name),
  check ((state = 'running') = (lease_owner is not null and lease_until is not null)),
  check ((state = 'done') = (output is not null)),
  check (not (in_doubt and state in ('blocked', 'ready', 'parked', 'done'))),
  check (state <> 'unknown' or in_doubt),
  check (state not in ('attention', 'skipped', 'parked') or cause is not null)
);

-- Every time the world was touched; begun before, ended after.
create table attempt (
  run        text not null,
  name       text not null,
  fence      bigint not null,
  owner      text not null,
  is_repeat  boolean not null,
  begun_at   timestamptz not null default clock_timestamp(),
  ended_at   timestamptz,
  outcome    text check (outcome in
    ('succeeded', 'found', 'absent', 'refused', 'rejected', 'unknown', 'abandoned')),
  cause      text,
  message    text,
  status     integer,
  primary key (run, name, fence),
  foreign key (run, name) references step (run, name),
  check ((outcome is null) = (ended_at is null))
);
-- At most one attempt of a step in flight.
create unique index attempt_in_flight on attempt (run, name) where outcome is null;

-- What exists in the world because of us, and how we know.
create table effect (
  run         text not null,
  name        text not null,
  fence       bigint not null,
  account     text not null,
  action      text not null,
  external_id text not null check (external_id <> ''),
  is_shared   boolean not null,
  via         text not null check (via in ('response', 'look-up', 'by hand')),
  recorded_at timestamptz not null default now(),
  primary key (run, name),
  foreign key (run, name, fence) references attempt (run, name, fence)
);
-- One foreign record serves one step only, unless it is shared by its nature (a customer of two orders).
create unique index effect_external on effect (account, action, external_id) where not is_shared;

-- When to look again. Its size is the work outstanding, not the history.
create table due (
  subject text primary key,
  due_at  timestamptz not null,
  -- Counts the wake-ups, so that one that comes during the work is not lost.
  wakes   bigint not null default 1
);
create index due_soonest on due (due_at);

-- What people are told. At most once each.
create table alert (
  id         bigint generated always as identity primary key,
  dedupe     text not null unique,
  store      text not null,
  reference  text,
  severity   text not null check (severity in ('info', 'warning', 'needs-you')),
  title      text not null,
  lines      text[] not null,
  raised_at  timestamptz not null default now(),
  begun_at   timestamptz,
  ended_at   timestamptz,
  outcome    text check (outcome in ('sent', 'perhaps sent', 'refused')),
  message_id text,
  tries      integer not null default 0,
  error      text,
  check ((outcome is null) = (ended_at is null))
);

-- Short-lived access tokens that all processes share.
create table token (
  name       text primary key,
  value      text not null,
  expires_at timestamptz not null,
  version    bigint not null default 1
);

-- Facts about this installation.
create table installation (
  name  text primary key,
  value text not null
);
