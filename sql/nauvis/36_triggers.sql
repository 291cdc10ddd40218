CREATE OR REPLACE FUNCTION nauvis.check_handle()
RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  _is_active CONSTANT boolean := EXISTS (
    SELECT FROM catalog.ident AS i
    WHERE i.croid = coalesce(NEW.croid, OLD.croid) AND i.state = 'active'
  );
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF OLD.state = 'registered' AND NOT _is_active THEN
      PERFORM platform.raise_error('wrong-doi-state', format('%s is registered and cannot be dropped', OLD.doi));
    END IF;
    RETURN OLD;
  ELSIF NOT nauvis.may_become(
    CASE WHEN TG_OP = 'INSERT' OR _is_active THEN nauvis.state_of(NEW.croid) ELSE OLD.state END, NEW.state
  ) THEN
    PERFORM platform.raise_error('wrong-doi-state', format('%s cannot become %s', NEW.doi, coalesce(NEW.state::text, 'nothing')));
  END IF;
  RETURN NEW;
END
$$;
COMMENT ON FUNCTION nauvis.check_handle() IS 'Refuse a change of state that is not legal: what was registered never is a draft again, and goes only when its record is in the catalogue.';

CREATE TRIGGER state_changes_are_legal BEFORE INSERT OR UPDATE OR DELETE ON nauvis.handle
FOR EACH ROW EXECUTE FUNCTION nauvis.check_handle();
COMMENT ON TRIGGER state_changes_are_legal ON nauvis.handle IS 'Whoever writes it.';
