-- Who may see some stores only counts and lists without reading every order.
create index orders_by_store on orders (store, state);
create index orders_of_store on orders (store, created_at desc, reference);
