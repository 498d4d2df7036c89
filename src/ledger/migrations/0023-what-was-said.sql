-- The words of an e-mail as it was sent. They name the customer, so they go with the customer, while a step's output
-- is final and kept as long as the books: it is taken out of there before it is written.
create table said (
  run     text not null,
  name    text not null,
  letter  jsonb not null,
  primary key (run, name),
  foreign key (run, name) references step (run, name)
);

create function step_said() returns trigger language plpgsql as $$
begin
  insert into said (run, name, letter) values (new.run, new.name, new.output -> 'said')
    on conflict do nothing;
  new.output := new.output - 'said';
  return new;
end $$;
create trigger step_said before update of state on step for each row
  when (new.state = 'done' and new.output ? 'said') execute function step_said();
