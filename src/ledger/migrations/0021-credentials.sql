-- Since when each provider account is called with its present keys. What is kept of them is a digest.
create table credential (
  account     text primary key,
  fingerprint text not null,
  since       timestamptz not null default now()
);
