-- DOIs that are not findable live here alone: drafts, registered ones, aliases.
CREATE TYPE nauvis.doi_state AS ENUM ('draft', 'registered', 'findable');

ALTER TABLE nauvis.deposit_record ADD COLUMN state nauvis.doi_state;

CREATE TABLE nauvis.handle (
  croid uuid NOT NULL,
  doi text NOT NULL,
  state nauvis.doi_state,
  member_id integer REFERENCES nauvis.member (member_id),
  deposit_id uuid,
  n integer,
  url text,
  locations jsonb,
  alias_of uuid,
  registered_at timestamptz,
  deleted_at timestamptz,
  updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT handle_pkey PRIMARY KEY (croid),
  CONSTRAINT handle_doi_key UNIQUE (doi),
  CONSTRAINT handle_says_something CHECK (num_nonnulls(state, alias_of) > 0),
  CONSTRAINT findable_needs_no_handle CHECK (state <> 'findable'),
  CONSTRAINT registered_since CHECK ((state = 'registered') IS TRUE = (registered_at IS NOT NULL)),
  CONSTRAINT only_registered_is_deleted CHECK (deleted_at IS NULL OR registered_at IS NOT NULL),
  CONSTRAINT alias_leads_elsewhere CHECK (alias_of <> croid),
  CONSTRAINT handle_names_a_record CHECK (num_nulls(deposit_id, n) IN (0, 2))
);

CREATE INDEX handle_alias_of_idx ON nauvis.handle (alias_of) WHERE alias_of IS NOT NULL;
CREATE INDEX handle_member_id_doi_idx ON nauvis.handle (member_id, doi);

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
CREATE TRIGGER state_changes_are_legal BEFORE INSERT OR UPDATE OR DELETE ON nauvis.handle
FOR EACH ROW EXECUTE FUNCTION nauvis.check_handle();
