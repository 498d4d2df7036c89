-- An alert may say that an earlier one is over: then that message is changed, and no new one is sent.
alter table alert add column closes boolean not null default false;
alter table alert add constraint closes_one check (not closes or answers is not null);

-- What a store has to tell, and what it has just told: looked at before each message.
create index alert_open on alert (store, id) where ended_at is null;
create index alert_sent on alert (store, ended_at) where outcome = 'sent';
-- One message may tell several alerts.
create index alert_message on alert (store, message_id) where message_id is not null;
create index alert_answers on alert (answers) where answers is not null;
