-- What a ledger cannot remember, and what an order goes without.

-- An attempt that this ledger does not remember may have had its effect: it was restored from a backup. The claim turns
-- it into ordinary doubt, which only a look clears.
alter table step add column looks_first boolean not null default false;
alter table step add constraint claim_turns_looks_first_into_doubt
  check (not (looks_first and (in_doubt or state in ('running', 'unknown'))));

create function looks_first_guard() returns trigger language plpgsql as $$
begin
  if old.looks_first and not new.looks_first and not new.in_doubt and new.state not in ('done', 'skipped') then
    raise exception 'nobody has looked for % of %', old.name, old.run using errcode = 'LG004';
  end if;
  return new;
end $$;
create trigger looks_first_guard before update on step for each row execute function looks_first_guard();

-- Steps that the order of this event goes without, because it was entered late.
alter table event add column leave_out text[] not null default '{}';
