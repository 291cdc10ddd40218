CREATE INDEX resolution_hour_idx ON gleba.resolution USING brin (hour);
COMMENT ON INDEX gleba.resolution_hour_idx IS 'The resolutions of a time; rows come in its order.';
