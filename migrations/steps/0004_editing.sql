ALTER TABLE catalog.editgroup ADD COLUMN submitted_at timestamptz, ADD COLUMN request_sha256 bytea;
-- No editgroup was submitted before this step, so that reading all of them is short.
ALTER TABLE catalog.editgroup
-- squawk-ignore constraint-missing-not-valid
ADD CONSTRAINT submitted_has_a_time CHECK (status <> 'submitted' OR submitted_at IS NOT NULL),
-- squawk-ignore constraint-missing-not-valid
ADD CONSTRAINT open_is_not_submitted CHECK (status <> 'open' OR submitted_at IS NULL);
ALTER TABLE vulcanus.layer ADD COLUMN edit_id uuid;

CREATE TABLE catalog.annotation (
  editgroup_id uuid NOT NULL REFERENCES catalog.editgroup (editgroup_id),
  annotation_id uuid NOT NULL DEFAULT uuidv7(),
  editor_id uuid NOT NULL REFERENCES catalog.editor (editor_id),
  markdown text,
  extra jsonb,
  check_name text,
  is_passed boolean,
  edits_sha256 bytea,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT annotation_pkey PRIMARY KEY (editgroup_id, annotation_id),
  CONSTRAINT check_has_a_result CHECK (
    (check_name IS NULL) = (is_passed IS NULL) AND (check_name IS NULL) = (edits_sha256 IS NULL)
  ),
  CONSTRAINT check_name_is_a_word CHECK (check_name ~ '^[a-z][a-z0-9]*(-[a-z0-9]+)*$')
);

CREATE TABLE catalog.required_check (
  check_name text NOT NULL,
  description text NOT NULL,
  is_for_bots boolean NOT NULL DEFAULT false,
  CONSTRAINT required_check_pkey PRIMARY KEY (check_name),
  CONSTRAINT required_check_is_a_word CHECK (check_name ~ '^[a-z][a-z0-9]*(-[a-z0-9]+)*$')
);

CREATE TABLE catalog.redaction (
  croid uuid NOT NULL,
  revision_id uuid NOT NULL,
  redacted_by uuid NOT NULL REFERENCES catalog.editor (editor_id),
  redacted_at timestamptz NOT NULL DEFAULT now(),
  reason text NOT NULL,
  CONSTRAINT redaction_pkey PRIMARY KEY (croid, revision_id),
  CONSTRAINT redaction_revision_fkey
  FOREIGN KEY (croid, revision_id) REFERENCES catalog.revision (croid, revision_id),
  CONSTRAINT redaction_has_a_reason CHECK (length(reason) > 0)
);

-- Writers wait while these are made: a step is one transaction, all of it or nothing.
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX edit_croid_idx ON catalog.edit (croid) WHERE (extra -> 'layers') IS NULL;
CREATE INDEX annotation_editor_id_annotation_id_idx
ON catalog.annotation (editor_id, annotation_id);
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX editgroup_editor_id_editgroup_id_idx
ON catalog.editgroup (editor_id, editgroup_id);
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX editgroup_submitted_at_idx ON catalog.editgroup (submitted_at)
WHERE submitted_at IS NOT NULL;
-- squawk-ignore require-concurrent-index-creation
CREATE UNIQUE INDEX layer_croid_edit_id_idx ON vulcanus.layer (croid, edit_id)
WHERE edit_id IS NOT NULL;

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
