-- What a customer was asked, and whether the link to the answer still works. The link itself is not kept.
create table question (
  -- Of the change that sent it.
  key         text primary key check (length(key) between 3 and 64),
  reference   text not null references orders (reference),
  token_hash  text not null unique check (length(token_hash) = 64),
  fields      text[] not null check (cardinality(fields) > 0),
  -- The steps that wait for the answer. Once none of them does, the order has moved on.
  steps       text[] not null check (cardinality(steps) > 0),
  asked_at    timestamptz not null default now(),
  expires_at  timestamptz not null,
  answered_at timestamptz,
  check (expires_at > asked_at)
);
create index question_of_order on question (reference, asked_at);
