CREATE OR REPLACE FUNCTION catalog.refuse_change()
RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  RAISE EXCEPTION USING
    ERRCODE = 'check_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME, SCHEMA = TG_TABLE_SCHEMA,
    MESSAGE = format('%s: object %s', replace(TG_NAME, '_', ' '), OLD.croid);
END
$$;
COMMENT ON FUNCTION catalog.refuse_change() IS 'Refuse what the condition of a trigger forbids, under the name of that trigger.';

CREATE OR REPLACE FUNCTION catalog.check_redirect_target()
RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF NOT (SELECT i.is_live FROM catalog.ident AS i WHERE i.croid = NEW.redirect_to) THEN
    RAISE EXCEPTION USING
      ERRCODE = 'check_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME, SCHEMA = TG_TABLE_SCHEMA,
      MESSAGE = format('%s: object %s', replace(TG_NAME, '_', ' '), NEW.croid);
  END IF;
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION catalog.check_redirect_target() IS 'Refuse a redirect to what is not live; what is live stays so, so the answer holds for ever.';

-- Their conditions are false for every ordinary acceptance, which therefore runs none of them.
CREATE TRIGGER live_never_becomes_wip_again AFTER UPDATE OF is_live ON catalog.ident
FOR EACH ROW WHEN (old.is_live AND NOT new.is_live) EXECUTE FUNCTION catalog.refuse_change();

CREATE TRIGGER kind_never_changes AFTER UPDATE OF kind ON catalog.ident
FOR EACH ROW WHEN (old.kind <> new.kind) EXECUTE FUNCTION catalog.refuse_change();

CREATE TRIGGER live_is_never_removed AFTER DELETE ON catalog.ident
FOR EACH ROW WHEN (old.is_live) EXECUTE FUNCTION catalog.refuse_change();

CREATE TRIGGER redirect_leads_to_live AFTER INSERT OR UPDATE OF redirect_to ON catalog.ident
FOR EACH ROW WHEN (new.redirect_to IS NOT NULL)
EXECUTE FUNCTION catalog.check_redirect_target();

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
COMMENT ON FUNCTION catalog.follow_changelog() IS 'Set the clock of a replica to the row that arrived.';

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
COMMENT ON FUNCTION catalog.follow_copied_changelog() IS 'Set the clock of a replica to the newest of the rows that were copied.';

CREATE TRIGGER clock_follows_changelog AFTER INSERT ON catalog.changelog
FOR EACH ROW EXECUTE FUNCTION catalog.follow_changelog();
ALTER TABLE catalog.changelog ENABLE REPLICA TRIGGER clock_follows_changelog;

CREATE TRIGGER clock_follows_copied_changelog AFTER INSERT ON catalog.changelog
FOR EACH STATEMENT EXECUTE FUNCTION catalog.follow_copied_changelog();
ALTER TABLE catalog.changelog ENABLE REPLICA TRIGGER clock_follows_copied_changelog;
