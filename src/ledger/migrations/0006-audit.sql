-- The nightly audit begins with attempts that left a doubt: few, whatever the history.
create index attempt_doubtful on attempt (ended_at) where outcome in ('unknown', 'abandoned');
