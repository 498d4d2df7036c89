-- The transitions that every order passes, for many orders at once. A statement that changes one row spends most of its
-- time on what comes before the row: checks, triggers and plans are made ready anew. Here each statement has all rows, and
-- finds them by index one after another, however small the tables were when it was planned.

-- Blocked steps whose needs are all met become ready; the order of each.
create function unblock_steps(of_references text[]) returns setof text
language plpgsql as $$
begin
  return query update step s set state = 'ready', not_before = greatest(s.not_before, now()), changed_at = now()
  from unnest(of_references) as asked(reference) join run r on r.reference = asked.reference
  where s.run = r.id and s.state = 'blocked' and (
    select bool_or(n.state not in ('done', 'skipped')) from step n where n.run = s.run and n.name = any (s.needs)
  ) is not true
  returning asked.reference;
end $$;

-- The state of each order as its steps say it.
create function settle_orders(of_references text[]) returns void
language plpgsql as $$
begin
  update orders o set state = n.state, changed_at = now(), done_at = case when n.state = 'done' then now() end
  from unnest(of_references) as asked(reference) cross join lateral (
    select case when bool_or(s.state = 'attention') then 'attention'
      when bool_and(s.state in ('done', 'skipped')) is not true then 'open'
      -- Stopped after its last step was begun, it was carried out all the same.
      when bool_or(w.stopped_at is not null and s.state = 'skipped') then 'cancelled' else 'done' end as state
    from run r join orders w on w.reference = r.reference join step s on s.run = r.id
    where r.reference = asked.reference) n
  where o.reference = asked.reference and o.state not in ('cancelled', n.state);
end $$;

create type claiming as (
  at integer, reference text, run text, name text, was text, owner text, lease_ms bigint, digest text
);

-- Takes each step under a new fence and writes "attempt begun". Says nothing of one that is not to be had: not due, owned
-- by somebody alive, or its input is not the one that was sent before.
create function claim_steps(asked jsonb) returns table (at integer, fence bigint, is_repeat boolean, tries integer)
language plpgsql as $$
declare
  mine claiming[];
begin
  -- In one order, whoever asks: else two that claim the same steps could wait for each other.
  select array_agg(row(a.at, a.reference, a.run, a.name, s.state, a.owner, a."leaseMs", a."inputDigest")::claiming)
  into mine
  from (select * from jsonb_to_recordset(asked) as r(at integer, reference text, run text, name text, owner text,
    "leaseMs" bigint, "inputDigest" text) order by reference, name) a
  cross join lateral (
    select t.state from step t where t.run = a.run and t.name = a.name
      and (t.input_digest is null or t.input_digest = a."inputDigest")
      and not (t.is_held and t.state in ('ready', 'parked'))
      and ((t.state in ('ready', 'unknown', 'parked') and t.not_before <= now())
        or (t.state = 'running' and t.lease_until + t.settle_ms * interval '1 ms' <= now()))
    for update) s;
  if mine is null then return; end if;
  if exists (select 1 from unnest(mine) m where m.was <> 'ready') then
    update attempt a set outcome = 'abandoned', ended_at = clock_timestamp() from unnest(mine) m
    where m.was <> 'ready' and a.run = m.run and a.name = m.name and a.outcome is null;
  end if;
  return query
  with taken as (
    update step s set state = 'running', fence = s.fence + 1, lease_owner = m.owner,
      lease_until = now() + m.lease_ms * interval '1 ms', input_digest = m.digest, changed_at = now(),
      first_failed = case when m.was = 'running' then coalesce(s.first_failed, s.changed_at) else s.first_failed end,
      in_doubt = s.in_doubt or s.looks_first or m.was = 'running', looks_first = false
    from unnest(mine) m where s.run = m.run and s.name = m.name
    returning m.at, s.run, s.name, s.fence, m.owner, s.in_doubt, s.tries),
  begun as (
    insert into attempt (run, name, fence, owner, is_repeat)
    select t.run, t.name, t.fence, t.owner, t.in_doubt from taken t)
  select t.at, t.fence, t.in_doubt, t.tries from taken t;
  perform pg_notify('ordna_changed', d.reference) from (select distinct m.reference from unnest(mine) m) d;
end $$;

create type finishing as (
  at integer, said text, reference text, was_open boolean, run text, name text, fence bigint, account text, action text,
  output jsonb, via text, external_id text, is_shared boolean
);

-- Attempts that succeeded, or a look found them: the effect, the end of the attempt, the step, what waited for it, and the
-- order. Says "lost" when the fence is not the step's any more, "taken" when the foreign record serves another step
-- already; then nothing was written. People were told of a step in trouble, and a stopped order skips the rest: such an
-- order is only taken `with_care`, by who does that in the same transaction; otherwise "needs care", and nothing was written.
create function done_steps(asked jsonb, with_care boolean) returns table (at integer, said text)
language plpgsql as $$
declare
  mine finishing[];
  taken integer[];
  moved text[];
  settled text[];
begin
  -- The order first, always: siblings that finish together take turns and see each other. Then the step, as a claim
  -- does. One order after another, the same whoever asks: else two could wait for each other.
  perform 1 from (
    select * from jsonb_to_recordset(asked) as r(reference text, run text, name text) order by reference, name) a
  cross join lateral (select o.reference from orders o where o.reference = a.reference for update) held
  cross join lateral (
    select 1 from step s where s.run = a.run and s.name = a.name and held.reference = a.reference for update) as one;

  mine := array(select row(a.at,
    case when t.run is null or row_number() over (partition by a.run, a.name order by a.at) > 1 then 'lost'
      when not with_care and (o.stopped_at is not null or s.cause is not null) then 'needs care'
      when s.cause is null then 'recorded' else 'recorded after trouble' end,
    a.reference, o.state = 'open', a.run, a.name, a.fence, s.account, s.action, a.output, a.via, a."externalId",
    -- What was amended is changed where it is: the order's own record, once more.
    a."isShared" or (s.definition is not null and exists (
      select 1 from run r join run earlier on earlier.reference = r.reference
        join effect e on e.run = earlier.id and e.name = s.definition
      where r.id = a.run and r.trigger = 'amended' and e.account = s.account and e.action = s.action
        and e.external_id = a."externalId")))::finishing
  from jsonb_to_recordset(asked) as a(at integer, reference text, run text, name text, fence bigint, output jsonb,
    via text, "externalId" text, "isShared" boolean)
  join orders o on o.reference = a.reference
  join step s on s.run = a.run and s.name = a.name
  left join attempt t on t.run = a.run and t.name = a.name and t.fence = a.fence and t.outcome is null);

  with kept as (
    insert into effect (run, name, fence, account, action, external_id, is_shared, via)
    select m.run, m.name, m.fence, m.account, m.action, m.external_id, m.is_shared, m.via
    from unnest(mine) m where m.said like 'recorded%'
    on conflict (account, action, external_id) where not is_shared do nothing
    returning run, name)
  select array_agg(m.at) into taken from unnest(mine) m
  where m.said like 'recorded%' and (m.run, m.name) not in (select k.run, k.name from kept k);
  return query select m.at, case when m.at = any (taken) then 'taken' else m.said end from unnest(mine) m;
  mine := array(select m from unnest(mine) m
    where m.said like 'recorded%' and m.at <> all (coalesce(taken, '{}')));
  if cardinality(mine) = 0 then return; end if;

  update attempt t set outcome = case m.via when 'look-up' then 'found' else 'succeeded' end,
    ended_at = clock_timestamp()
  from unnest(mine) m where t.run = m.run and t.name = m.name and t.fence = m.fence;
  update step s set state = 'done', output = m.output, in_doubt = false, tries = 0, cause = null, message = null,
    field = null, first_failed = null, lease_owner = null, lease_until = null, changed_at = now()
  from unnest(mine) m where s.run = m.run and s.name = m.name and s.fence = m.fence;
  moved := array(select unblock_steps(array(select distinct m.reference from unnest(mine) m)));
  -- Where something became ready, an open order stays open.
  settled := array(
    select distinct m.reference from unnest(mine) m where not m.was_open or m.reference <> all (moved));
  if cardinality(settled) > 0 then perform settle_orders(settled); end if;
  perform pg_notify('ordna_changed', d.reference) from (select distinct m.reference from unnest(mine) m) d;
end $$;

create type opening as (
  at integer, lock text, source text, id text, reference text, object text, intent text, told jsonb, trigger text,
  steps jsonb, optional text[]
);

-- The order of each payment, its run and its steps, made due; or, when the payment has one already, only the join of the
-- event. Says "opened" or "joined". A payment of which a refund is known, and any in a ledger that was restored, are only
-- opened `with_care`, by who heeds that in the same transaction; otherwise "needs care", and nothing was written.
create function open_orders(
  asked jsonb, why_left_out text, left_out_words text, lost_until timestamptz, with_care boolean
) returns table (at integer, said text)
language plpgsql as $$
declare
  mine opening[];
  fresh opening[];
  fresh_at integer[];
  careful integer[];
  settled text[];
begin
  mine := array(
    select row(a.at, a.lock, a.source, a.id, a."order"->>'reference', a."order"#>>'{payment,object}',
      a."order"#>>'{payment,paymentIntent}', a."order", a.trigger, a.steps,
      array(select jsonb_array_elements_text(a.optional)))::opening
    from jsonb_to_recordset(asked) as a(at integer, lock text, source text, id text, "order" jsonb, trigger text,
      steps jsonb, optional jsonb) order by a.lock);
  -- Who opens an order and who hears of its refund take turns; always the first lock, and in one order, whoever asks.
  perform pg_advisory_xact_lock(hashtextextended('payment/' || d.source || '/' || d.intent, 0)) from (
    select distinct m.source, m.intent from unnest(mine) m where m.intent is not null order by m.intent, m.source) d;
  if not with_care then
    careful := array(select m.at from unnest(mine) m where
      exists (select 1 from refund r where r.source = m.source and r.payment_intent = m.intent)
      or exists (select 1 from installation where name = 'restored'));
    return query select a, 'needs care' from unnest(careful) a;
    mine := array(select m from unnest(mine) m where m.at <> all (careful));
  end if;

  with born as (
    insert into orders (reference, store, source, payment_object, payment_intent, event_id, livemode, facts)
    select m.reference, m.told->>'store', m.source, m.object, m.intent, m.id,
      (m.told#>>'{payment,livemode}')::boolean, m.told
    from unnest(mine) m on conflict do nothing
    returning source, event_id)
  select array_agg(m), array_agg(m.at) into fresh, fresh_at from unnest(mine) m
  where (m.source, m.id) in (select b.source, b.event_id from born b);
  if fresh is not null then
    insert into run (id, reference, trigger)
    select f.reference || '-' || f.trigger, f.reference, f.trigger from unnest(fresh) f;
    with laid as (
      insert into step (run, name, position, needs, action, provider, account, settle_ms, state, cause, message,
        looks_first, not_before)
      select f.reference || '-' || f.trigger, s.name, s.position,
        array(select jsonb_array_elements_text(s.needs)), s.action, s.provider, s.account, s."settleMs",
        case when s.name = any (l.names) then 'skipped' when jsonb_array_length(s.needs) = 0 then 'ready'
          else 'blocked' end,
        case when s.name = any (l.names) then why_left_out end,
        case when s.name = any (l.names) then left_out_words end,
        lost_until is not null and s.name <> all (l.names),
        greatest(now(), lost_until + s."settleMs" * interval '1 ms')
      from unnest(fresh) f
      -- What any event of this payment was told to leave out: another one may open the order first.
      cross join lateral (select array(
        select unnest(e.leave_out) from event e where e.source = f.source and e.id = f.id
        union all select unnest(e.leave_out) from event e where e.source = f.source and e.object_id = f.object
        union all select unnest(e.leave_out) from event e where e.source = f.source and e.object_id = f.intent
      ) as names) told
      cross join lateral (select array(select n from unnest(told.names) n where n = any (f.optional)) as names offset 0) l
      cross join lateral jsonb_to_recordset(f.steps) as s(name text, position integer, needs jsonb, action text,
        provider text, account text, "settleMs" integer)
      returning run, state)
    select array_agg(distinct r.reference) into settled from laid join run r on r.id = laid.run
    where laid.state = 'skipped';
    -- Nothing may be left to do.
    if settled is not null then perform settle_orders(settled); end if;
    insert into due (subject, due_at) select 'order/' || f.reference, now() from unnest(fresh) f order by f.reference
    on conflict (subject) do update set due_at = least(due.due_at, excluded.due_at), wakes = excluded.wakes;
    update event e set disposition = 'opened', reference = f.reference, settled_at = now() from unnest(fresh) f
    where e.source = f.source and e.id = f.id and e.disposition = 'received';
    perform pg_notify('ordna_due', ''), pg_notify('ordna_changed', f.reference) from unnest(fresh) f;
    return query select a, 'opened' from unnest(fresh_at) a;
    mine := array(select m from unnest(mine) m where m.at <> all (fresh_at));
  end if;
  if cardinality(mine) = 0 then return; end if;
  -- The order of this payment, whichever of its events opened it.
  update event e set disposition = 'joined', settled_at = now(), reference = known.reference
  from (select m.source, m.id, coalesce(
      (select o.reference from orders o where o.source = m.source and o.payment_object = m.object),
      (select o.reference from orders o where o.source = m.source and o.payment_intent = m.intent)) as reference
    from unnest(mine) m) known
  where known.reference is not null and e.source = known.source and e.id = known.id and e.disposition = 'received';
  return query select m.at, 'joined' from unnest(mine) m;
end $$;

-- Each order as a worker needs it, in one piece. Facts rarely change: whoever knows them (`known` holds the version of each
-- order that was read before, or null) is spared them.
create function load_orders(of_references text[], known text[]) returns table (reference text, whole json)
language plpgsql stable as $$
begin
  return query
  select o.reference, json_build_object('version', o.xmin::text,
    'facts', case when o.xmin::text = asked.version then null else coalesce(o.amended, o.facts) end, 'state', o.state,
    'isStopped', o.stopped_at is not null, 'fileKey', o.file_key, 'createdAt', o.created_at, 'doneAt', o.done_at,
    'steps', coalesce((
      select json_agg(json_build_object('run', s.run, 'name', s.name, 'definition', s.definition, 'needs', s.needs,
        'provider', s.provider, 'state', s.state, 'fence', s.fence, 'tries', s.tries,
        'inDoubt', s.in_doubt or s.looks_first,
        -- Until the step may be claimed: a running one when lease and settle window are over.
        'dueInMs', extract(epoch from (case when s.state = 'running'
          then s.lease_until + s.settle_ms * interval '1 ms' else s.not_before end) - now()) * 1000,
        'failingMs', extract(epoch from now() - coalesce(s.first_failed,
          case when s.state = 'running' or s.looks_first then s.changed_at end)) * 1000,
        'isMinded', exists (select 1 from account a where a.name = s.account and a.minded_until > now()),
        'inputDigest', s.input_digest, 'output', s.output, 'cause', s.cause, 'message', s.message, 'field', s.field,
        'changedAt', s.changed_at, 'isHeld', s.is_held, 'changes', r.changes,
        -- What a person asked for after the stop is begun all the same.
        'isStopped', o.stopped_at is not null and r.opened_at <= o.stopped_at) order by r.opened_at, s.position)
      from run r join step s on s.run = r.id where r.reference = o.reference), '[]'))
  from unnest(of_references, known) as asked(reference, version) join orders o on o.reference = asked.reference;
end $$;

drop function claim_step(text, text, text, text, bigint, text);
drop function done_step(text, text, text, bigint, jsonb, text, text, boolean, boolean);
drop function open_order(text, text, jsonb, text, jsonb, text[], text, text, timestamptz, boolean);
drop function unblock_steps(text);
drop function settle_order(text);

-- A question inside a condition is asked of every row, whatever the rest of the condition says. Those of single rows are
-- asked where they matter; those of finished and of freed steps once for all rows of a statement.
create or replace function step_guard() returns trigger language plpgsql as $$
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
  if old.looks_first and not new.looks_first and not new.in_doubt and new.state not in ('done', 'skipped') then
    raise exception 'nobody has looked for % of %', old.name, old.run using errcode = 'LG004';
  end if;
  if old.in_doubt and not new.in_doubt and new.state <> 'skipped' then
    if not exists (select 1 from attempt a where a.run = new.run and a.name = new.name and a.fence = new.fence
        and a.outcome in ('succeeded', 'found', 'absent')) then
      raise exception 'nobody has looked for % of %', old.name, old.run using errcode = 'LG004';
    end if;
  end if;
  return new;
end $$;
drop trigger looks_first_guard on step;
drop function looks_first_guard();

-- Subqueries that give one value are not made into joins: each finds its row by index.
create function steps_guard() returns trigger
language plpgsql as $$
declare
  wrong record;
begin
  select n.run, n.name into wrong from fresh n where n.state = 'done'
    and (select e.fence from effect e where e.run = n.run and e.name = n.name) is null limit 1;
  if found then
    raise exception 'step % of % is done without an effect', wrong.name, wrong.run using errcode = 'LG003';
  end if;
  select n.run, n.name into wrong from fresh n where n.state = 'ready' and cardinality(n.needs) > 0 and (
    select bool_or(s.state not in ('done', 'skipped')) from step s where s.run = n.run and s.name = any (n.needs)) limit 1;
  if found then
    raise exception 'step % of % still waits for another', wrong.name, wrong.run using errcode = 'LG005';
  end if;
  return null;
end $$;
create trigger steps_guard after update on step
  referencing new table as fresh for each statement execute function steps_guard();

-- Those of orders only where a statement sets what they look at.
drop trigger facts_guard on orders;
create trigger facts_guard before update of facts, forgotten_at on orders
  for each row execute function facts_guard();
drop trigger stopped_guard on orders;
create trigger stopped_guard before update of stopped_at on orders
  for each row execute function stopped_guard();
drop trigger order_guard on orders;
create trigger order_guard before update of state on orders
  for each row execute function order_guard();
create or replace function order_guard() returns trigger language plpgsql as $$
begin
  if old.state = 'cancelled' and new.state <> 'cancelled' then
    raise exception 'order % is cancelled', new.reference using errcode = 'LG006';
  end if;
  if new.state in ('done', 'cancelled') and old.state <> new.state then
    if exists (select 1 from run r join step s on s.run = r.id
        where r.reference = new.reference and s.state not in ('done', 'skipped')) then
      raise exception 'order % still has open steps', new.reference using errcode = 'LG006';
    end if;
  end if;
  return new;
end $$;

create or replace function stopped_guard() returns trigger language plpgsql as $$
begin
  if old.stopped_at is not null and new.stopped_at is distinct from old.stopped_at then
    raise exception 'order % stays stopped', new.reference using errcode = 'LG007';
  end if;
  return new;
end $$;

-- What an order is found by. In a FROM clause these are part of the statement around them, and planned with it.
create or replace function order_words(facts jsonb) returns setof text language sql immutable as $$
  select distinct left(word, 200) from (
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
  ) as words where word is not null and word not in ('', '=')
$$;

create or replace function output_words(output jsonb) returns setof text language sql immutable as $$
  select distinct lower(left(word, 200)) from (
    select unnest(array[output->>'trackingNumber', output->>'invoiceNumber', output->>'bookingId',
      output->>'creditNoteNumber', output->>'dealId']) as word
    union all
    select parcel->>'trackingNumber' from jsonb_array_elements(
      case jsonb_typeof(output->'moreParcels') when 'array' then output->'moreParcels'
        else '[]'::jsonb end) as parcel
  ) as words where word <> ''
$$;

create or replace function order_is_found() returns trigger language plpgsql as $$
begin
  insert into order_word select f.reference, w.word from fresh f cross join lateral order_words(f.facts) as w(word);
  return null;
end $$;
drop trigger order_is_found on orders;
create trigger order_is_found after insert on orders
  referencing new table as fresh for each statement execute function order_is_found();

-- A step that is done changes no more: one that is done here just became it.
create or replace function output_is_found() returns trigger
language plpgsql as $$
begin
  insert into order_word select r.reference, w.word
  from fresh f join run r on r.id = f.run cross join lateral output_words(f.output) as w(word)
  where f.state = 'done';
  return null;
end $$;
drop trigger output_is_found on step;
create trigger output_is_found after update on step
  referencing new table as fresh for each statement execute function output_is_found();

-- Whoever listens is asked first: usually nobody does.
create or replace function step_hooks() returns trigger language plpgsql as $$
begin
  if not exists (select 1 from hook where disabled_at is null) then return null; end if;
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
  return null;
end $$;
drop trigger step_tells_hooks on step;
create trigger step_tells_hooks after update on step
  referencing new table as fresh for each statement execute function step_hooks();
drop trigger order_tells_hooks on orders;
create trigger order_tells_hooks after update of state on orders for each row
  when (new.state <> old.state and new.state in ('done', 'attention')) execute function order_hooks();

-- They look things up by index, whatever the tables held when the plan was made, and make one plan. Plain index scans,
-- since those remember which versions of a row are dead: a step has several before anybody vacuums.
do $$
declare
  one regprocedure;
begin
  foreach one in array array[
    'unblock_steps(text[])', 'settle_orders(text[])', 'claim_steps(jsonb)', 'done_steps(jsonb, boolean)',
    'open_orders(jsonb, text, text, timestamptz, boolean)', 'load_orders(text[], text[])', 'steps_guard()',
    'output_is_found()', 'step_hooks()'
  ]::regprocedure[] loop
    execute format('alter function %s set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
      set enable_bitmapscan = off set jit = off set plan_cache_mode = force_generic_plan', one);
  end loop;
end $$;

-- Every index of orders is written when an order is opened and when it is done. Customers are found by their words,
-- finished orders by when they ended.
drop index orders_by_state, orders_of_buyer, orders_of_recipient;

-- Attempts of days that are over, so that nobody counts a whole history again. One that ended later than the day after
-- is not among them: no worker was at work then.
create table attempt_tally (
  day date not null, provider text not null, outcome text not null, n bigint not null check (n > 0),
  primary key (day, provider, outcome)
);
create function tally_attempts() returns void language plpgsql as $$
declare
  since constant date := coalesce((select max(day) + 1 from attempt_tally), '-infinity');
begin
  insert into attempt_tally (day, provider, outcome, n)
  select (a.begun_at at time zone 'utc')::date, s.provider, a.outcome, count(*)
  from attempt a join step s on s.run = a.run and s.name = a.name
  where a.outcome is not null and a.begun_at >= since at time zone 'utc'
    and a.begun_at < ((now() at time zone 'utc')::date - 1) at time zone 'utc'
  group by 1, 2, 3 on conflict do nothing;
end $$;
select tally_attempts();
