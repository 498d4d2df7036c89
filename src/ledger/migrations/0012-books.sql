-- The shop's own books: invoices and credit notes, numbered without gaps within a series, for ever as they were issued.
create table book_series (
  -- Whose books: one seller, whichever of its stores sold.
  books        text not null check (books <> '' and length(books) <= 100),
  -- What every number of it begins with: "2026-".
  name         text not null check (name ~ '^[A-Z0-9-]{0,20}$'),
  first_number bigint not null default 1 check (first_number >= 1),
  opened_at    timestamptz not null default now(),
  primary key (books, name)
);

create table book_document (
  books     text not null,
  series    text not null,
  number    bigint not null,
  -- The number as it is printed: "2026-00017".
  label     text not null check (label ~ '^[A-Z0-9-]{1,40}$'),
  kind      text not null check (kind in ('invoice', 'credit-note')),
  -- Names the change that issued it: asked again, the same document.
  key       text not null check (key <> '' and length(key) <= 64),
  store     text not null,
  reference text not null check (reference ~ '^[A-Z0-9]{10,20}$'),
  -- The label of the invoice that a credit note takes back.
  corrects  text,
  issued_on date not null,
  currency  text not null check (currency ~ '^[A-Z]{3}$'),
  -- Minor units; of a credit note as well: what is given back, above zero.
  net       bigint not null,
  vat       bigint not null,
  gross     bigint not null,
  -- All that stands on it.
  content   jsonb not null,
  issued_at timestamptz not null default clock_timestamp(),
  primary key (books, series, number),
  unique (books, label),
  unique (books, key),
  foreign key (books, series) references book_series (books, name),
  foreign key (books, corrects) references book_document (books, label),
  check ((kind = 'credit-note') = (corrects is not null)),
  check (net + vat = gross),
  check (starts_with(label, series)),
  check (content ->> 'number' = label),
  check (content ->> 'issuedOn' = to_char(issued_on, 'YYYY-MM-DD'))
);
create index book_document_newest on book_document (issued_at desc, books, label);
create index book_document_of_order on book_document (reference);

-- What was paid for an invoice, once.
create table book_payment (
  books       text not null,
  label       text not null,
  key         text not null check (key <> '' and length(key) <= 64),
  amount      bigint not null,
  currency    text not null check (currency ~ '^[A-Z]{3}$'),
  paid_on     date not null,
  recorded_at timestamptz not null default clock_timestamp(),
  primary key (books, label),
  unique (books, key),
  foreign key (books, label) references book_document (books, label)
);

-- The next number, or none: whoever else issues in this series waits here until this transaction ends.
create function book_document_guard() returns trigger language plpgsql as $$
declare
  expected bigint;
  last_day date;
  original record;
  credited bigint;
begin
  select s.first_number into expected from book_series s
    where s.books = new.books and s.name = new.series for update;
  select coalesce(max(d.number) + 1, expected), max(d.issued_on) into expected, last_day
    from book_document d where d.books = new.books and d.series = new.series;
  if new.number is distinct from expected then
    raise exception 'number % of series "%" would leave a gap: % is next', new.number, new.series, expected
      using errcode = 'LG010';
  end if;
  if new.issued_on < last_day then
    raise exception 'series "%" is at % already', new.series, last_day using errcode = 'LG010';
  end if;
  if new.corrects is not null then
    -- Credit notes of one invoice take turns as well, whatever their series.
    select d.kind, d.currency, d.gross into original from book_document d
      where d.books = new.books and d.label = new.corrects for update;
    select coalesce(sum(d.gross), 0) into credited from book_document d
      where d.books = new.books and d.corrects = new.corrects;
    if original.kind <> 'invoice' or original.currency <> new.currency
       or abs(credited + new.gross) > abs(original.gross) then
      raise exception 'invoice % cannot be credited with % % more', new.corrects, new.gross, new.currency
        using errcode = 'LG011';
    end if;
  end if;
  return new;
end $$;
create trigger book_document_guard before insert on book_document
  for each row execute function book_document_guard();

create trigger book_series_is_permanent before delete or update on book_series
  for each row execute function permanent();
create trigger book_document_is_permanent before delete or update on book_document
  for each row execute function permanent();
create trigger book_payment_is_permanent before delete or update on book_payment
  for each row execute function permanent();
create trigger book_series_is_kept before truncate on book_series
  for each statement execute function permanent();
create trigger book_document_is_kept before truncate on book_document
  for each statement execute function permanent();
create trigger book_payment_is_kept before truncate on book_payment
  for each statement execute function permanent();
