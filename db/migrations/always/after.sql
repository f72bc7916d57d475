-- What hub, feeds and open data may read: public events only, and nothing that says who.
create or replace view public_events as
  select id, tx, topic, type, data, at from events where audience = 'public';
