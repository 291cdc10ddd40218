CREATE OR REPLACE FUNCTION aquilo.count_works_then(
  _index bigint, _type text, _prefix text, _member text, _most integer
)
RETURNS TABLE (work_count bigint, is_exact boolean)
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _ever bigint;
  _changed uuid[];
BEGIN
  IF _prefix IS NULL THEN
    SELECT count(*) INTO _ever FROM catalog.ident AS i WHERE i.kind = 'release' AND i.is_live;
  ELSE
    SELECT count(DISTINCT n.croid) INTO _ever
    FROM (
      SELECT d.croid FROM croid.identifier AS d
      WHERE d.scheme = 'doi' AND starts_with(d.value, _prefix || '/')
      UNION ALL
      SELECT f.croid FROM croid.former_identifier AS f
      WHERE f.scheme = 'doi' AND starts_with(f.value, _prefix || '/')
    ) AS n;
  END IF;
  IF _ever <= _most THEN
    RETURN QUERY
    SELECT count(*), true
    FROM catalog.ident AS i
    CROSS JOIN LATERAL aquilo.find_work_then(i.croid, _index) AS w
    WHERE i.kind = 'release' AND i.is_live
      AND (_prefix IS NULL OR i.croid IN (
        SELECT d.croid FROM croid.identifier AS d
        WHERE d.scheme = 'doi' AND starts_with(d.value, _prefix || '/')
        UNION ALL
        SELECT f.croid FROM croid.former_identifier AS f
        WHERE f.scheme = 'doi' AND starts_with(f.value, _prefix || '/')
      ))
      AND (_prefix IS NULL OR starts_with(w.doi, _prefix || '/'))
      AND (_type IS NULL OR w.type = _type) AND (_member IS NULL OR w.member = _member);
    RETURN;
  END IF;
  -- Each index has an edit at least: so many rows are enough to know that there are too many.
  IF _member IS NOT NULL OR (
    SELECT sum(l.edit_count) > _most
    FROM (
      SELECT c.edit_count FROM catalog.changelog AS c
      WHERE c.index > _index ORDER BY c.index LIMIT _most + 1
    ) AS l
  ) THEN
    RETURN QUERY SELECT _ever, false;
    RETURN;
  END IF;
  -- Those that did not change since are counted as they are now, the others as they were.
  _changed := ARRAY(
    SELECT DISTINCT e.croid FROM catalog.changelog AS l
    JOIN catalog.edit AS e ON e.editgroup_id = l.editgroup_id
    WHERE l.index > _index AND e.kind = 'release'
  );
  RETURN QUERY
  SELECT
    (
      SELECT count(*) FROM catalog.release AS r
      WHERE r.doi IS NOT NULL AND (_type IS NULL OR r.type = _type)
        AND (_prefix IS NULL OR starts_with(r.doi, _prefix || '/'))
    )
    - count(*) FILTER (
      WHERE n.doi IS NOT NULL AND (_type IS NULL OR n.type = _type)
        AND (_prefix IS NULL OR starts_with(n.doi, _prefix || '/'))
    )
    + count(*) FILTER (
      WHERE w.doi IS NOT NULL AND (_type IS NULL OR w.type = _type)
        AND (_prefix IS NULL OR starts_with(w.doi, _prefix || '/'))
    ),
    true
  FROM unnest(_changed) AS c (croid)
  LEFT JOIN catalog.release AS n ON n.croid = c.croid
  LEFT JOIN LATERAL aquilo.find_work_then(c.croid, _index) AS w ON true;
END
$$;
COMMENT ON FUNCTION aquilo.count_works_then(bigint, text, text, text, integer) IS 'How many works were live at an index, of a type, under a prefix or of a member: exact where there are no more of them, or of the changes since, than the last argument says; otherwise never less than there were.';
