-- One decision on many orders, carried out in the background at a rate: it survives restarts, and can be cancelled.
create table bulk (
  id         text primary key check (id ~ '^[a-z0-9-]{8,60}$'),
  decision   bigint not null references decision (number),
  cause      text not null,
  provider   text not null,
  operation  text not null,
  actor      text not null,
  origin     text not null,
  reason     text,
  per_second integer not null check (per_second between 1 and 50),
  state      text not null default 'running' check (state in ('running', 'cancelled', 'done')),
  begun_at   timestamptz not null default now(),
  ended_at   timestamptz,
  check ((state = 'running') = (ended_at is null))
);

create table bulk_item (
  bulk      text not null references bulk (id),
  reference text not null references orders (reference),
  step      text not null,
  -- left: the rest, when it was cancelled. refused: it could not be decided any more, and why.
  state     text not null default 'waiting' check (state in ('waiting', 'made', 'refused', 'left')),
  why       text,
  primary key (bulk, reference, step)
);
create index bulk_item_waiting on bulk_item (bulk, reference, step) where state = 'waiting';
