-- Orders of days that are over, so that nobody counts a whole history again: when an order was opened, and for which store,
-- never changes.
create table order_tally (
  day date not null, store text not null, n bigint not null check (n > 0),
  primary key (day, store)
);
create function tally_orders() returns void language plpgsql as $$
declare
  since constant date := coalesce((select max(day) + 1 from order_tally), '-infinity');
begin
  insert into order_tally (day, store, n)
  select (created_at at time zone 'utc')::date, store, count(*) from orders
  where created_at >= since at time zone 'utc'
    and created_at < ((now() at time zone 'utc')::date - 1) at time zone 'utc'
  group by 1, 2 on conflict do nothing;
end $$;
select tally_orders();
