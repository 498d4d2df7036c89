-- Whoever changes an order goes on with it: what it looks like now comes with the answer, instead of by another question,
-- and an order that was opened is taken already by whoever opened it.

-- Each order as a worker needs it, in one piece. Facts rarely change: whoever knows them (`known` holds the version of each
-- order that was read before, or null) is spared them.
create or replace function load_orders(of_references text[], known text[]) returns table (reference text, whole json)
language plpgsql stable as $$
begin
  return query
  select o.reference, json_build_object('version', o.xmin::text,
    'facts', case when o.xmin::text = asked.version then null else coalesce(o.amended, o.facts) end, 'state', o.state,
    'isStopped', o.stopped_at is not null, 'fileKey', o.file_key, 'createdAt', o.created_at, 'doneAt', o.done_at,
    'steps', coalesce((
      select json_agg(told) from (
        select s.run, s.name, s.definition, s.needs, s.provider, s.state, s.fence, s.tries,
          s.in_doubt or s.looks_first as "inDoubt",
          -- Until the step may be claimed: a running one when lease and settle window are over.
          extract(epoch from (case when s.state = 'running'
            then s.lease_until + s.settle_ms * interval '1 ms' else s.not_before end) - now()) * 1000 as "dueInMs",
          extract(epoch from now() - coalesce(s.first_failed,
            case when s.state = 'running' or s.looks_first then s.changed_at end)) * 1000 as "failingMs",
          exists (select 1 from account a where a.name = s.account and a.minded_until > now()) as "isMinded",
          s.input_digest as "inputDigest", s.output, s.cause, s.message, s.field, s.changed_at as "changedAt",
          s.is_held as "isHeld", r.changes,
          -- What a person asked for after the stop is begun all the same.
          o.stopped_at is not null and r.opened_at <= o.stopped_at as "isStopped"
        from run r join step s on s.run = r.id where r.reference = o.reference
        order by r.opened_at, s.position) told), '[]'))
  from unnest(of_references, known) as asked(reference, version) join orders o on o.reference = asked.reference;
end $$;

drop function done_steps(jsonb, boolean);
drop type finishing;
create type finishing as (
  at integer, said text, reference text, version text, was_open boolean, run text, name text, fence bigint, account text,
  action text, output jsonb, via text, external_id text, is_shared boolean
);

-- Attempts that succeeded, or a look found them: the effect, the end of the attempt, the step, what waited for it, and the
-- order. Says "lost" when the fence is not the step's any more, "taken" when the foreign record serves another step
-- already; then nothing was written. People were told of a step in trouble, and a stopped order skips the rest: such an
-- order is only taken `with_care`, by who does that in the same transaction; otherwise "needs care", and nothing was written.
-- Of what was recorded, the whole order as it is now.
create function done_steps(asked jsonb, with_care boolean) returns table (at integer, said text, whole json)
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
    a.reference, a.version, o.state = 'open', a.run, a.name, a.fence, s.account, s.action, a.output, a.via, a."externalId",
    -- What was amended is changed where it is: the order's own record, once more.
    a."isShared" or (s.definition is not null and exists (
      select 1 from run r join run earlier on earlier.reference = r.reference
        join effect e on e.run = earlier.id and e.name = s.definition
      where r.id = a.run and r.trigger = 'amended' and e.account = s.account and e.action = s.action
        and e.external_id = a."externalId")))::finishing
  from jsonb_to_recordset(asked) as a(at integer, reference text, version text, run text, name text, fence bigint,
    output jsonb, via text, "externalId" text, "isShared" boolean)
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
  return query select m.at, case when m.at = any (taken) then 'taken' else m.said end, null::json from unnest(mine) m
  where m.said not like 'recorded%' or m.at = any (taken);
  mine := array(select m from unnest(mine) m
    where m.said like 'recorded%' and m.at <> all (coalesce(taken, '{}')));
  if cardinality(mine) = 0 then return; end if;

  update attempt t set outcome = case m.via when 'look-up' then 'found' else 'succeeded' end,
    ended_at = clock_timestamp()
  from unnest(mine) m where t.run = m.run and t.name = m.name and t.fence = m.fence;
  -- With them, what waited for nothing else: it has no trouble and no lease that could be lost.
  with changed as (
    update step s set state = c.state, output = c.output, in_doubt = false, tries = 0, cause = null, message = null,
      field = null, first_failed = null, lease_owner = null, lease_until = null, changed_at = now(),
      not_before = case c.state when 'ready' then greatest(s.not_before, now()) else s.not_before end
    from (
      select m.run, m.name, m.fence, 'done' as state, m.output from unnest(mine) m
      union all
      select b.run, b.name, b.fence, 'ready', null
      from (select distinct m.run from unnest(mine) m) r join step b on b.run = r.run
      where b.state = 'blocked' and (
        select bool_or(n.state not in ('done', 'skipped') and (n.run, n.name) not in (
          select m.run, m.name from unnest(mine) m)) from step n where n.run = b.run and n.name = any (b.needs)
      ) is not true) c
    where s.run = c.run and s.name = c.name and s.fence = c.fence
    returning s.run, s.state)
  select array_agg(m.reference) into moved from changed c join unnest(mine) m on m.run = c.run where c.state = 'ready';
  -- Where something became ready, an open order stays open.
  settled := array(
    select distinct m.reference from unnest(mine) m
    where not m.was_open or m.reference <> all (coalesce(moved, '{}')));
  if cardinality(settled) > 0 then perform settle_orders(settled); end if;
  perform pg_notify('ordna_changed', d.reference) from (select distinct m.reference from unnest(mine) m) d;
  -- Where not all have read the same version, all are sent the facts.
  return query
  select m.at, m.said, l.whole from unnest(mine) m join (
    select array_agg(d.reference) as asked, array_agg(d.version) as versions from (
      select n.reference, case when count(n.version) = count(*) and min(n.version) = max(n.version)
        then min(n.version) end as version
      from unnest(mine) n group by n.reference) d) d on true
    cross join lateral load_orders(d.asked, d.versions) l where l.reference = m.reference;
end $$;

drop function open_orders(jsonb, text, text, timestamptz, boolean);
-- The order of each payment, its run and its steps; or, when the payment has one already, only the join of the event. Says
-- "joined", or "opened", with the whole order and its wake-up: it is due, and hidden for so long as if it had been taken.
-- A payment of which a refund is known, and any in a ledger that was restored, are only opened `with_care`, by who heeds
-- that in the same transaction; otherwise "needs care", and nothing was written.
create function open_orders(
  asked jsonb, why_left_out text, left_out_words text, lost_until timestamptz, with_care boolean, hidden_ms integer
) returns table (at integer, said text, whole json, wakes bigint)
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
    return query select a, 'needs care', null::json, null::bigint from unnest(careful) a;
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
    update event e set disposition = 'opened', reference = f.reference, settled_at = now() from unnest(fresh) f
    where e.source = f.source and e.id = f.id and e.disposition = 'received';
    perform pg_notify('ordna_changed', f.reference) from unnest(fresh) f;
    return query
    with hidden as (
      insert into due (subject, due_at)
      select 'order/' || f.reference, now() + hidden_ms * interval '1 ms' from unnest(fresh) f order by f.reference
      on conflict (subject) do update set due_at = least(due.due_at, excluded.due_at), wakes = excluded.wakes
      returning due.subject, due.wakes)
    select f.at, 'opened', l.whole, h.wakes
    from (select array_agg(f.reference) as asked, array_agg(null::text) as versions from unnest(fresh) f) d
    cross join lateral load_orders(d.asked, d.versions) l join unnest(fresh) f on f.reference = l.reference
    join hidden h on h.subject = 'order/' || f.reference;
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
  return query select m.at, 'joined', null::json, null::bigint from unnest(mine) m;
end $$;

-- The letters of an order, for whoever looks at it.
create index event_of_order on event (reference) where reference is not null;

do $$
declare
  one regprocedure;
begin
  foreach one in array array[
    'load_orders(text[], text[])', 'done_steps(jsonb, boolean)', 'open_orders(jsonb, text, text, timestamptz, boolean, integer)'
  ]::regprocedure[] loop
    execute format('alter function %s set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
      set enable_bitmapscan = off set jit = off set plan_cache_mode = force_generic_plan', one);
  end loop;
end $$;
