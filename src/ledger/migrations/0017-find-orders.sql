-- What an order is found by: its numbers, names, addresses of mail, telephone, amount, parcels and invoices. Written by
-- the database itself, so that no list reads every order's facts. Lower case; "=12900" is an amount in minor units.
create table order_word (
  reference text not null references orders (reference),
  word      text not null check (word <> '' and length(word) <= 200)
);
create index order_word_begins on order_word (word text_pattern_ops);
-- A number is often known by its end.
create index order_word_ends on order_word (reverse(word) text_pattern_ops) where word ~ '[0-9]';
create index order_word_of_order on order_word (reference);

create function order_words(facts jsonb) returns setof text language sql immutable as $$
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

create function output_words(output jsonb) returns setof text language sql immutable as $$
  select distinct lower(left(word, 200)) from (
    select unnest(array[output->>'trackingNumber', output->>'invoiceNumber', output->>'bookingId',
      output->>'creditNoteNumber', output->>'dealId']) as word
    union all
    select parcel->>'trackingNumber' from jsonb_array_elements(
      case jsonb_typeof(output->'moreParcels') when 'array' then output->'moreParcels'
        else '[]'::jsonb end) as parcel
  ) as words where word <> ''
$$;

create function order_is_found() returns trigger language plpgsql as $$
begin
  insert into order_word select new.reference, order_words(new.facts);
  return null;
end $$;
create trigger order_is_found after insert on orders for each row execute function order_is_found();

create function output_is_found() returns trigger language plpgsql as $$
begin
  insert into order_word
  select r.reference, output_words(new.output) from run r where r.id = new.run;
  return null;
end $$;
create trigger output_is_found after update on step for each row
  when (new.state = 'done' and old.state <> 'done') execute function output_is_found();

insert into order_word select reference, order_words(facts) from orders;
insert into order_word select r.reference, output_words(s.output)
  from step s join run r on r.id = s.run where s.output is not null;

-- What lists count and group, without reading what is done.
create index orders_by_state on orders (state);
create index step_in_the_way on step (state, cause) where cause is not null
  and state in ('attention', 'ready', 'unknown', 'parked');
create index step_ended on step (name, changed_at) where state = 'done';
create index attempt_newest on attempt (begun_at desc);
create index orders_of_companies on orders (created_at desc, reference)
  where facts#>>'{buyer,company}' is not null or facts#>>'{taxIds,0,value}' is not null;
create index orders_ended on orders (done_at desc) where done_at is not null;

-- What a person corrected is found as well; what it was before stays known.
create function correction_is_found() returns trigger language plpgsql as $$
begin
  insert into order_word
  select new.reference, w from order_words(new.amended) as w
  where not exists (select 1 from order_word o where o.reference = new.reference and o.word = w);
  return null;
end $$;
create trigger correction_is_found after update on orders for each row
  when (new.amended is distinct from old.amended and new.amended is not null)
  execute function correction_is_found();
