CREATE TABLE platform.replicated_table (
  table_name text NOT NULL,
  CONSTRAINT replicated_table_pkey PRIMARY KEY (table_name)
);

-- The clock is not published: on a replica it follows what has arrived.
CREATE OR REPLACE FUNCTION catalog.follow_changelog()
RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  -- Of a copy the newest row is enough, taken when it ends.
  IF NOT EXISTS (
    SELECT FROM pg_subscription_rel AS r WHERE r.srrelid = TG_RELID AND r.srsubstate = 'd'
  ) THEN
    UPDATE catalog.clock AS c SET index = NEW.index, hash = NEW.hash WHERE c.index < NEW.index;
  END IF;
  RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION catalog.follow_copied_changelog()
RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  UPDATE catalog.clock AS c SET index = l.index, hash = l.hash
  FROM (SELECT n.index, n.hash FROM catalog.changelog AS n ORDER BY n.index DESC LIMIT 1) AS l
  WHERE c.index < l.index;
  RETURN NULL;
END
$$;

CREATE TRIGGER clock_follows_changelog AFTER INSERT ON catalog.changelog
FOR EACH ROW EXECUTE FUNCTION catalog.follow_changelog();
ALTER TABLE catalog.changelog ENABLE REPLICA TRIGGER clock_follows_changelog;

CREATE TRIGGER clock_follows_copied_changelog AFTER INSERT ON catalog.changelog
FOR EACH STATEMENT EXECUTE FUNCTION catalog.follow_copied_changelog();
ALTER TABLE catalog.changelog ENABLE REPLICA TRIGGER clock_follows_copied_changelog;
