-- Who may call a provider account now. One row an account that was ever limited or ill.
create table account (
  name         text primary key,
  -- Breaker, permits and last starts, as src/gate/gate.ts knows them.
  gate         jsonb not null,
  -- Until then calls without limits must pass the gate, too.
  minded_until timestamptz not null default '-infinity'
);

-- Who waits in line at an account, first come, first served. A step's own time is far away meanwhile.
create table waiting (
  holder    text primary key,
  account   text not null references account (name),
  -- What is woken when it is called.
  subject   text not null,
  run       text,
  name      text,
  exclusive text,
  ticket    bigint generated always as identity,
  since     timestamptz not null default now(),
  -- Called, and did not come.
  missed    integer not null default 0,
  foreign key (run, name) references step (run, name)
);
create index waiting_line on waiting (account, missed, ticket);

-- An alert may answer an earlier one: "it works again".
alter table alert add column answers bigint references alert (id);

-- Every wake-up has a number of its own: who settles late, after a long pause, must not end the wake-up of another.
create sequence wake_number;
select setval('wake_number', coalesce(max(wakes), 0) + 1) from due;
alter table due alter column wakes set default nextval('wake_number');
