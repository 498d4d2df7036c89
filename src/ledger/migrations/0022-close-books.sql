-- A period of the shop's own books that a person closed: nothing is issued into it any more.
create table book_close (
  books     text not null check (books <> '' and length(books) <= 100),
  -- The last day that is closed.
  until_day date not null,
  closed_at timestamptz not null default clock_timestamp(),
  closed_by text not null,
  primary key (books, until_day)
);
create trigger book_close_is_permanent before delete or update on book_close
  for each row execute function permanent();
create trigger book_close_is_kept before truncate on book_close
  for each statement execute function permanent();

create function book_close_guard() returns trigger language plpgsql as $$
declare
  last_day date;
begin
  select max(c.until_day) into last_day from book_close c where c.books = new.books;
  if new.issued_on <= last_day then
    raise exception 'the books "%" are closed up to %', new.books, last_day using errcode = 'LG012';
  end if;
  return new;
end $$;
create trigger book_close_guard before insert on book_document
  for each row execute function book_close_guard();

-- Credit notes of a month are found without reading every step.
create index step_credit_note on step (changed_at) where output ? 'creditNoteNumber' and state = 'done';
