-- Which labels lie on paper. A label that is made waits here until somebody prints it: its size is the work
-- outstanding. A print is added to and never changed.
create table unprinted_label (
  run     text not null,
  name    text not null,
  made_at timestamptz not null,
  primary key (run, name),
  foreign key (run, name) references step (run, name)
);
create index unprinted_label_oldest on unprinted_label (made_at);

create table label_print (
  id         bigint generated always as identity primary key,
  run        text not null,
  name       text not null,
  printed_at timestamptz not null default now(),
  printed_by text not null check (length(printed_by) <= 200),
  foreign key (run, name) references step (run, name)
);
create index label_print_newest on label_print (printed_at desc);
create index label_print_of_step on label_print (run, name);
create trigger label_print_is_permanent before delete or update on label_print
  for each row execute function permanent();

create function label_is_made() returns trigger language plpgsql as $$
begin
  insert into unprinted_label values (new.run, new.name, now()) on conflict do nothing;
  return null;
end $$;
create trigger label_is_made after update on step for each row
  when (new.state = 'done' and old.state <> 'done'
    and (new.name = 'label' or new.action like '%.label'))
  execute function label_is_made();

-- Before this there were no marks: what was made in the last three days is offered, what is older lies on paper.
insert into unprinted_label
select run, name, changed_at from step
where state = 'done' and (name = 'label' or action like '%.label')
  and changed_at > now() - interval '3 days';
