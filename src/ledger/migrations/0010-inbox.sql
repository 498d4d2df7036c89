-- The inbox looks at what waits for a person, or failed and will be tried again: few, whatever the history.
create index step_waiting on step (state) where state = 'attention' or cause is not null and state in ('ready', 'unknown', 'parked');
