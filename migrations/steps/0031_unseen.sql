-- Strategies that are off leave no mark on each record: they know since when they have not seen all.
ALTER TABLE vulcanus.strategy
ADD COLUMN is_deferred boolean NOT NULL DEFAULT false,
ADD COLUMN unseen_after bigint;
COMMENT ON COLUMN vulcanus.strategy.is_deferred IS 'It makes no layer while a record is taken in, but looks after the acceptance.';
COMMENT ON COLUMN vulcanus.strategy.unseen_after IS 'What was accepted after this index it may not have looked at, being off or new; null: it has seen all.';
UPDATE vulcanus.strategy SET is_deferred = true
WHERE strategy IN ('reference-doi', 'update-notice', 'release-work');
UPDATE vulcanus.strategy
SET unseen_after = 0
WHERE NOT is_deferred AND EXISTS (SELECT FROM catalog.clock AS c WHERE c.index > 0);

CREATE OR REPLACE FUNCTION vulcanus.note_unseen()
RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  _index CONSTANT bigint := (SELECT c.index FROM catalog.clock AS c);
BEGIN
  IF NEW.is_deferred THEN
    RETURN NEW;
  ELSIF TG_OP = 'INSERT' OR NEW.version <> OLD.version THEN
    NEW.unseen_after := CASE WHEN _index > 0 THEN 0 END;
  ELSIF OLD.is_enabled AND NOT NEW.is_enabled THEN
    NEW.unseen_after := coalesce(OLD.unseen_after, _index);
  END IF;
  RETURN NEW;
END
$$;
COMMENT ON FUNCTION vulcanus.note_unseen() IS 'Note since when a strategy has not seen all: since it is off, or from the first record where it or its version is new.';

CREATE TRIGGER strategy_knows_what_it_has_not_seen
BEFORE INSERT OR UPDATE OF is_enabled, version ON vulcanus.strategy
FOR EACH ROW EXECUTE FUNCTION vulcanus.note_unseen();
COMMENT ON TRIGGER strategy_knows_what_it_has_not_seen ON vulcanus.strategy IS 'Whoever switches it, with one UPDATE.';
