CREATE INDEX resolution_begun_at_idx ON gleba.resolution USING brin (begun_at);
COMMENT ON INDEX gleba.resolution_begun_at_idx IS 'The resolutions of a time; rows come in its order.';
