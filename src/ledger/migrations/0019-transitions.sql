-- The transitions that every order passes, each one function: what one says is true at once or not at all, and many are
-- asked for in one statement, so that they share one way to the server and one sync of the disk.

-- Runs and stops are told apart by which came first: by the moment, not by when its transaction began and waited.
alter table run alter column opened_at set default clock_timestamp();

-- Takes a step under a new fence and writes "attempt begun". All null when it is not to be had: not due, owned by
-- somebody alive, or its input is not the one that was sent before.
create function claim_step(
  of_reference text, of_run text, of_name text, claimer text, lease_ms bigint, digest text,
  out fence bigint, out is_repeat boolean, out tries integer
) language plpgsql as $$
declare
  was text;
begin
  select s.state into was from step s where s.run = of_run and s.name = of_name
    and (s.input_digest is null or s.input_digest = digest)
    and not (s.is_held and s.state in ('ready', 'parked'))
    and ((s.state in ('ready', 'unknown', 'parked') and s.not_before <= now())
      or (s.state = 'running' and s.lease_until + s.settle_ms * interval '1 ms' <= now()))
  for update;
  if not found then return; end if;
  update step s set state = 'running', fence = s.fence + 1, lease_owner = claimer,
    lease_until = now() + lease_ms * interval '1 ms', input_digest = digest, changed_at = now(),
    first_failed = case when was = 'running' then coalesce(s.first_failed, s.changed_at) else s.first_failed end,
    in_doubt = s.in_doubt or s.looks_first or was = 'running', looks_first = false
  where s.run = of_run and s.name = of_name
  returning s.fence, s.in_doubt, s.tries into fence, is_repeat, tries;
  if was <> 'ready' then
    update attempt a set outcome = 'abandoned', ended_at = clock_timestamp()
    where a.run = of_run and a.name = of_name and a.outcome is null;
  end if;
  insert into attempt (run, name, fence, owner, is_repeat) values (of_run, of_name, fence, claimer, is_repeat);
  perform pg_notify('ordna_changed', of_reference);
end $$;

-- Blocked steps whose needs are all met become ready; how many.
create function unblock_steps(of_reference text) returns integer language plpgsql as $$
declare
  made_ready integer;
begin
  update step s set state = 'ready', not_before = greatest(s.not_before, now()), changed_at = now()
  from run r where r.id = s.run and r.reference = of_reference and s.state = 'blocked' and not exists (
    select 1 from step n where n.run = s.run and n.name = any (s.needs) and n.state not in ('done', 'skipped'));
  get diagnostics made_ready = row_count;
  return made_ready;
end $$;

-- The order's state as its steps say it.
create function settle_order(of_reference text) returns void language plpgsql as $$
begin
  update orders o set state = n.state, changed_at = now(), done_at = case when n.state = 'done' then now() end
  from (select case when bool_or(s.state = 'attention') then 'attention'
      when bool_and(s.state in ('done', 'skipped')) is not true then 'open'
      -- Stopped after its last step was begun, it was carried out all the same.
      when bool_or(w.stopped_at is not null and s.state = 'skipped') then 'cancelled' else 'done' end as state
    from step s join run r on r.id = s.run join orders w on w.reference = r.reference
    where r.reference = of_reference) n
  where o.reference = of_reference and o.state not in ('cancelled', n.state);
end $$;

-- An attempt succeeded, or a look found it: the effect, the end of the attempt, the step, what waited for it, and the
-- order. Says "lost" when the fence is not the step's any more, "taken" when the foreign record serves another step
-- already; then nothing was written. People were told of a step in trouble, and a stopped order skips the rest: such an
-- order is only taken `with_care`, by who does that in the same transaction; otherwise "needs care", and nothing was written.
create function done_step(
  of_reference text, of_run text, of_name text, of_fence bigint, said jsonb, how text, foreign_id text, shared boolean,
  with_care boolean
) returns text language plpgsql as $$
declare
  is_stopped boolean;
  was_open boolean;
  mine step%rowtype;
begin
  -- The order first, always: siblings that finish together take turns and see each other. Then the step, as a claim does.
  select stopped_at is not null, state = 'open' into is_stopped, was_open from orders
  where reference = of_reference for update;
  select * into mine from step where run = of_run and name = of_name for update;
  if not exists (select 1 from attempt a
      where a.run = of_run and a.name = of_name and a.fence = of_fence and a.outcome is null) then
    return 'lost';
  end if;
  if not with_care and (is_stopped or mine.cause is not null) then return 'needs care'; end if;
  -- What was amended is changed where it is: the order's own record, once more.
  if not shared and mine.definition is not null then
    shared := exists (select 1 from run r join run earlier on earlier.reference = r.reference
      join effect e on e.run = earlier.id and e.name = mine.definition
      where r.id = of_run and r.trigger = 'amended' and e.account = mine.account and e.action = mine.action
        and e.external_id = foreign_id);
  end if;
  insert into effect (run, name, fence, account, action, external_id, is_shared, via)
  values (of_run, of_name, of_fence, mine.account, mine.action, foreign_id, shared, how)
  on conflict (account, action, external_id) where not is_shared do nothing;
  if not found then return 'taken'; end if;
  update attempt set outcome = case how when 'look-up' then 'found' else 'succeeded' end, ended_at = clock_timestamp()
  where run = of_run and name = of_name and fence = of_fence;
  update step set state = 'done', output = said, in_doubt = false, tries = 0, cause = null, message = null, field = null,
    first_failed = null, lease_owner = null, lease_until = null, changed_at = now()
  where run = of_run and name = of_name and fence = of_fence;
  -- Where something became ready, an open order stays open.
  if unblock_steps(of_reference) = 0 or not was_open then perform settle_order(of_reference); end if;
  perform pg_notify('ordna_changed', of_reference);
  return case when mine.cause is null then 'recorded' else 'recorded after trouble' end;
end $$;

-- The order of a payment, its run and its steps, made due; or, when the payment has one already, only the join of the
-- event. Says "opened" or "joined". A payment of which a refund is known, and any in a ledger that was restored, are only
-- opened `with_care`, by who heeds that in the same transaction; otherwise "needs care", and nothing was written.
create function open_order(
  from_source text, from_id text, told jsonb, of_trigger text, its_steps jsonb, optional text[],
  why_left_out text, left_out_words text, lost_until timestamptz, with_care boolean
) returns text language plpgsql as $$
declare
  of_reference constant text := told->>'reference';
  object constant text := told#>>'{payment,object}';
  intent constant text := told#>>'{payment,paymentIntent}';
  run_id constant text := of_reference || '-' || of_trigger;
  is_new boolean;
  left_out text[];
begin
  -- Who opens an order and who hears of its refund take turns; always the first lock.
  if intent is not null then
    perform pg_advisory_xact_lock(hashtextextended('payment/' || from_source || '/' || intent, 0));
  end if;
  if not with_care and (exists (select 1 from refund r where r.source = from_source and r.payment_intent = intent)
      or exists (select 1 from installation where name = 'restored')) then
    return 'needs care';
  end if;
  insert into orders (reference, store, source, payment_object, payment_intent, event_id, livemode, facts)
  values (of_reference, told->>'store', from_source, object, intent, from_id,
    (told#>>'{payment,livemode}')::boolean, told)
  on conflict do nothing;
  is_new := found;
  if is_new then
    -- What any event of this payment was told to leave out: another one may open the order first.
    select coalesce(array_agg(distinct skipped), '{}') into left_out from (
      select unnest(e.leave_out) from event e where e.source = from_source and e.id = from_id
      union all select unnest(e.leave_out) from event e where e.source = from_source and e.object_id = object
      union all select unnest(e.leave_out) from event e where e.source = from_source and e.object_id = intent
    ) as told_to_skip(skipped) where skipped = any (optional);
    insert into run (id, reference, trigger) values (run_id, of_reference, of_trigger);
    insert into step (run, name, position, needs, action, provider, account, settle_ms, state, cause, message,
      looks_first, not_before)
    select run_id, s.name, s.position, array(select jsonb_array_elements_text(s.needs)), s.action, s.provider,
      s.account, s."settleMs",
      case when s.name = any (left_out) then 'skipped' when jsonb_array_length(s.needs) = 0 then 'ready' else 'blocked' end,
      case when s.name = any (left_out) then why_left_out end,
      case when s.name = any (left_out) then left_out_words end,
      lost_until is not null and s.name <> all (left_out),
      greatest(now(), lost_until + s."settleMs" * interval '1 ms')
    from jsonb_to_recordset(its_steps) as s(name text, position integer, needs jsonb, action text, provider text,
      account text, "settleMs" integer);
    -- Nothing may be left to do.
    if cardinality(left_out) > 0 then perform settle_order(of_reference); end if;
    insert into due (subject, due_at) values ('order/' || of_reference, now())
    on conflict (subject) do update set due_at = least(due.due_at, excluded.due_at), wakes = excluded.wakes;
    perform pg_notify('ordna_due', ''), pg_notify('ordna_changed', of_reference);
  end if;
  if is_new then
    update event set disposition = 'opened', reference = of_reference, settled_at = now()
    where source = from_source and id = from_id and disposition = 'received';
    return 'opened';
  end if;
  -- The order of this payment, whichever of its events opened it.
  update event e set disposition = 'joined', reference = o.reference, settled_at = now()
  from orders o where e.source = from_source and e.id = from_id and e.disposition = 'received'
    and o.source = from_source and (o.payment_object = object or o.payment_intent = intent);
  return 'joined';
end $$;

-- What every order and every step passes by, too. A function in plain SQL is planned at each call; these are planned once.
create or replace function order_words(facts jsonb) returns setof text language plpgsql immutable as $$
begin
  return query select distinct left(word, 200) from (
    select lower(unnest(array[
      facts->>'reference', facts->>'shopOrder', facts#>>'{payment,object}',
      facts#>>'{payment,paymentIntent}', facts#>>'{buyer,email}', facts#>>'{shipTo,email}',
      facts#>>'{shipTo,address,postalCode}',
      regexp_replace(facts#>>'{buyer,phone}', '[^0-9]', '', 'g'),
      regexp_replace(facts#>>'{shipTo,phone}', '[^0-9]', '', 'g'),
      '=' || (facts#>>'{total,minor}')])) as word
    union all
    select lower(unnest(regexp_split_to_array(
      concat_ws(' ', facts#>>'{buyer,name}', facts#>>'{shipTo,name}', facts#>>'{buyer,company}',
        facts#>>'{shipTo,company}'), '[\s,]+')))
  ) as words where word is not null and word not in ('', '=');
end $$;

create or replace function output_words(output jsonb) returns setof text language plpgsql immutable as $$
begin
  return query select distinct lower(left(word, 200)) from (
    select unnest(array[output->>'trackingNumber', output->>'invoiceNumber', output->>'bookingId',
      output->>'creditNoteNumber', output->>'dealId']) as word
    union all
    select parcel->>'trackingNumber' from jsonb_array_elements(
      case jsonb_typeof(output->'moreParcels') when 'array' then output->'moreParcels'
        else '[]'::jsonb end) as parcel
  ) as words where word <> '';
end $$;

create or replace function tell_hooks(told_type text, told_reference text, told_store text, told_data jsonb)
returns void language plpgsql as $$
begin
  if not exists (select 1 from hook where disabled_at is null) then return; end if;
  insert into hook_message (hook, type, reference, payload)
  select h.id, told_type, told_reference,
    jsonb_build_object('type', told_type,
      'timestamp', to_char(clock_timestamp() at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'data', jsonb_build_object('reference', told_reference, 'store', told_store) || told_data)::text
  from hook h
  where told_type = any (h.events) and h.disabled_at is null
    and (h.stores is null or told_store = any (h.stores));
end $$;
