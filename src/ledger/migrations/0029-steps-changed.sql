-- What a change of steps brings with it, in one trigger that looks first: claims are most changes, and bring nothing. Of
-- three triggers each made its own statements ready to find that out.
create function steps_changed() returns trigger language plpgsql as $$
declare
  wrong record;
  is_freed boolean;
  is_done boolean;
begin
  select bool_or(f.state = 'ready' and cardinality(f.needs) > 0), bool_or(f.state = 'done')
  into is_freed, is_done from fresh f;
  -- Subqueries that give one value are not made into joins: each finds its row by index.
  if is_freed then
    select n.run, n.name into wrong from fresh n where n.state = 'ready' and cardinality(n.needs) > 0 and (
      select bool_or(s.state not in ('done', 'skipped')) from step s where s.run = n.run and s.name = any (n.needs)) limit 1;
    if found then
      raise exception 'step % of % still waits for another', wrong.name, wrong.run using errcode = 'LG005';
    end if;
  end if;
  -- A step that is done changes no more: one that is done here just became it.
  if is_done then
    select n.run, n.name into wrong from fresh n where n.state = 'done'
      and (select e.fence from effect e where e.run = n.run and e.name = n.name) is null limit 1;
    if found then
      raise exception 'step % of % is done without an effect', wrong.name, wrong.run using errcode = 'LG003';
    end if;
    insert into order_word select r.reference, w.word
    from fresh f join run r on r.id = f.run cross join lateral output_words(f.output) as w(word)
    where f.state = 'done';
    -- Whoever listens is asked first: usually nobody does.
    if exists (select 1 from hook where disabled_at is null) then
      perform tell_hooks(told.type, o.reference, o.store, jsonb_build_object('step', told.name) ||
        (select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each(told.output)
         where key in ('trackingNumber', 'trackingUrl', 'service', 'bookingId', 'invoiceId', 'invoiceNumber')))
      from (
        select f.run, f.name, f.output, case
          when f.output ? 'bookingId' and f.output ? 'trackingNumber' then 'shipment.created'
          when f.output ? 'invoiceId' and f.output ? 'invoiceNumber' then 'invoice.created' end as type
        from fresh f where f.state = 'done') told
      join run r on r.id = told.run join orders o on o.reference = r.reference
      where told.type is not null;
    end if;
  end if;
  return null;
end $$
-- As the functions that change steps: found by index, planned once.
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set enable_bitmapscan = off set jit = off
set plan_cache_mode = force_generic_plan;

drop trigger steps_guard on step;
drop trigger output_is_found on step;
drop trigger step_tells_hooks on step;
drop function steps_guard(), output_is_found(), step_hooks();
create trigger steps_changed after update on step
  referencing new table as fresh for each statement execute function steps_changed();
