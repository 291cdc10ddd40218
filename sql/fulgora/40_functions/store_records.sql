CREATE OR REPLACE FUNCTION fulgora.store_records(
  _source text, _release_no integer,
  _keys text[], _versions text[], _hashes bytea[], _records bytea[]
)
RETURNS TABLE (changed integer, older integer)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
BEGIN
  WITH given AS MATERIALIZED (
    SELECT DISTINCT ON (u.key) u.* FROM unnest(_keys, _versions, _hashes, _records)
      WITH ORDINALITY AS u (key, version, row_hash, record, n)
    ORDER BY u.key, u.version DESC, u.n DESC
  ),
  compared AS MATERIALIZED (
    SELECT g.*, r.valid_from_release,
           r.version > g.version AS is_older,
           r.row_hash = g.row_hash AS is_same
    FROM given AS g
    LEFT JOIN fulgora.record AS r
      ON r.source = _source AND r.key = g.key AND r.valid_to_release IS NULL
  ),
  superseded AS (
    UPDATE fulgora.record AS r SET valid_to_release = _release_no
    FROM compared AS c
    WHERE r.source = _source AND r.key = c.key AND r.valid_to_release IS NULL
      AND r.valid_from_release < _release_no AND NOT c.is_older AND NOT c.is_same
    RETURNING 1
  ),
  inserted AS (
    INSERT INTO fulgora.record (source, key, valid_from_release, version, row_hash, record)
    SELECT _source, c.key, _release_no, c.version, c.row_hash, c.record
    FROM compared AS c
    WHERE c.is_older IS NOT TRUE AND c.is_same IS NOT TRUE
      -- There is one current version of a row: the one before has to end first.
      AND (SELECT count(*) FROM superseded) >= 0
    ON CONFLICT (source, key, valid_from_release) DO UPDATE
    SET version = excluded.version, row_hash = excluded.row_hash, record = excluded.record
    RETURNING 1
  )
  SELECT (SELECT count(*) FROM inserted)::integer,
         (SELECT count(*) FROM compared AS c WHERE c.is_older AND NOT c.is_same)::integer
  INTO changed, older;
  UPDATE fulgora.release AS r
  SET row_count = r.row_count + cardinality(_keys),
      changed_count = r.changed_count + changed, older_count = r.older_count + older
  WHERE r.source = _source AND r.release_no = _release_no;
  RETURN NEXT;
END
$$;
COMMENT ON FUNCTION fulgora.store_records(text, integer, text[], text[], bytea[], bytea[]) IS 'Take rows of a release in: a changed row ends the version before it, an equal one is nothing new, an older one is left out.';
