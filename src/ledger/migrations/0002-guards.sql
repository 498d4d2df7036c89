-- The database itself refuses what must never happen, whoever asks.

create function step_guard() returns trigger language plpgsql as $$
begin
  if old.state in ('done', 'skipped') and new is distinct from old then
    raise exception 'step % of % is final', old.name, old.run using errcode = 'LG001';
  end if;
  if old.state <> new.state and (old.state || '>' || new.state) not in (
    'blocked>ready', 'blocked>skipped',
    'ready>running', 'ready>parked', 'ready>skipped', 'ready>attention',
    'running>done', 'running>ready', 'running>unknown', 'running>parked', 'running>attention',
    'unknown>running', 'unknown>attention',
    'parked>ready', 'parked>running', 'parked>attention', 'parked>skipped',
    'attention>ready', 'attention>unknown', 'attention>skipped', 'attention>done'
  ) then
    raise exception 'step % of % cannot go from % to %', old.name, old.run, old.state, new.state
      using errcode = 'LG001';
  end if;
  if new.fence < old.fence then
    raise exception 'the fence of % of % went backwards', old.name, old.run using errcode = 'LG002';
  end if;
  if new.state = 'running' and new.fence = old.fence
     and (old.state <> 'running' or new.lease_owner is distinct from old.lease_owner) then
    raise exception 'a claim of % of % must take a new fence', old.name, old.run using errcode = 'LG002';
  end if;
  if new.state = 'done' and old.state <> 'done' and not exists
     (select 1 from effect e where e.run = new.run and e.name = new.name) then
    raise exception 'step % of % is done without an effect', old.name, old.run using errcode = 'LG003';
  end if;
  if old.in_doubt and not new.in_doubt and not exists
     (select 1 from attempt a where a.run = new.run and a.name = new.name and a.fence = new.fence
      and a.outcome in ('succeeded', 'found', 'absent')) and new.state <> 'skipped' then
    raise exception 'nobody has looked for % of %', old.name, old.run using errcode = 'LG004';
  end if;
  if new.state in ('ready', 'running') and old.state = 'blocked' and exists
     (select 1 from step s where s.run = new.run and s.name = any (new.needs)
      and s.state not in ('done', 'skipped')) then
    raise exception 'step % of % still waits for another', old.name, old.run using errcode = 'LG005';
  end if;
  return new;
end $$;
create trigger step_guard before update on step for each row execute function step_guard();

create function order_guard() returns trigger language plpgsql as $$
begin
  if new.state = 'done' and old.state <> 'done' and exists
     (select 1 from step s join run r on r.id = s.run
      where r.reference = new.reference and s.state not in ('done', 'skipped')) then
    raise exception 'order % still has open steps', new.reference using errcode = 'LG006';
  end if;
  if old.state = 'cancelled' and new.state <> 'cancelled' then
    raise exception 'order % is cancelled', new.reference using errcode = 'LG006';
  end if;
  return new;
end $$;
create trigger order_guard before update on orders for each row execute function order_guard();

create function permanent() returns trigger language plpgsql as $$
begin
  raise exception 'rows of % are permanent', tg_table_name using errcode = 'LG009';
end $$;
create trigger event_is_permanent before delete on event for each row execute function permanent();
create trigger order_is_permanent before delete on orders for each row execute function permanent();
create trigger step_is_permanent before delete on step for each row execute function permanent();
create trigger attempt_is_permanent before delete on attempt for each row execute function permanent();
create trigger effect_is_permanent before delete or update on effect for each row execute function permanent();
