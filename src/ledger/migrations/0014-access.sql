-- Who may come in, and by what. No secret stands here as it is: only its SHA-256, or an argon2id hash.
create table person (
  id            bigint generated always as identity primary key,
  email         text unique check (email = lower(email) and length(email) between 3 and 320),
  name          text not null check (length(name) between 1 and 200),
  role          text not null check (role in ('viewer', 'manager', 'finance', 'developer', 'owner')),
  -- Null: every store.
  stores        text[],
  -- $argon2id$...
  password      text,
  totp_secret   text,
  totp_since    timestamptz,
  -- The last time step a code was accepted for: none is accepted twice.
  totp_step     bigint not null default 0,
  oidc_subject  text unique,
  disabled_at   timestamptz,
  created_at    timestamptz not null default now(),
  check (totp_since is null or totp_secret is not null)
);

create table recovery_code (
  hash    text primary key,
  person  bigint not null references person (id),
  used_at timestamptz
);

create table session (
  hash           text primary key,
  person         bigint not null references person (id),
  begun_at       timestamptz not null default now(),
  used_at        timestamptz not null default now(),
  ends_at        timestamptz not null,
  -- Until then a developer sees personal data, for a reason that stands in the log.
  revealed_until timestamptz
);
create index session_of_person on session (person);
create index session_end on session (ends_at);

-- A link that lets in once: the first owner (no email), or whom an owner invited.
create table invitation (
  hash       text primary key,
  email      text,
  name       text,
  role       text not null check (role in ('viewer', 'manager', 'finance', 'developer', 'owner')),
  stores     text[],
  made_at    timestamptz not null default now(),
  ends_at    timestamptz not null,
  used_at    timestamptz
);

create table api_key (
  id           bigint generated always as identity primary key,
  name         text not null check (length(name) between 1 and 100),
  hash         text not null unique,
  -- The end of the key, so that people tell keys apart.
  hint         text not null,
  scopes       text[] not null,
  stores       text[],
  made_by      text not null,
  made_at      timestamptz not null default now(),
  last_used_at timestamptz,
  revoked_at   timestamptz
);

-- Failed log-ins by the SHA-256 of what was typed, whether or not anybody has that name.
create table log_in_failure (
  subject   text primary key,
  failures  integer not null,
  last_at   timestamptz not null default now(),
  wait_until timestamptz not null default now()
);
