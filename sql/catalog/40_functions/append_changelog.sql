CREATE OR REPLACE FUNCTION catalog.append_changelog(
  _editgroup_id uuid, _editor_id uuid, _edit_count integer
)
RETURNS bigint
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _content bytea := catalog.hash_editgroup(_editgroup_id);
  _index bigint;
BEGIN
  -- The one row that every acceptance locks: taken last, so that the number has no gap.
  UPDATE catalog.clock AS c
  SET index = c.index + 1,
      hash = sha256(c.hash || int8send(c.index + 1) || uuid_send(_editgroup_id) || _content)
  RETURNING c.index INTO _index;
  INSERT INTO catalog.changelog (index, editgroup_id, accepted_by, edit_count, hash)
  SELECT c.index, _editgroup_id, _editor_id, _edit_count, c.hash FROM catalog.clock AS c;
  RETURN _index;
END
$$;
COMMENT ON FUNCTION catalog.append_changelog(uuid, uuid, integer) IS 'Take the next number and chain the editgroup to the one before; holds the clock until commit.';
