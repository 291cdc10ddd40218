CREATE OR REPLACE FUNCTION catalog.verify_chain(_first bigint, _last bigint)
RETURNS TABLE (index bigint, problem text)
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
  WITH linked AS (
    SELECT n.index, l.editgroup_id, l.edit_count, l.hash,
           CASE WHEN n.index = 1 THEN ''::bytea ELSE b.hash END AS before
    FROM generate_series(greatest(_first, 1), _last) AS n (index)
    LEFT JOIN catalog.changelog AS l ON l.index = n.index
    LEFT JOIN catalog.changelog AS b ON b.index = n.index - 1
  ),
  judged AS (
    SELECT k.index,
      CASE
        WHEN k.hash IS NULL THEN 'there is no such row'
        WHEN k.before IS NULL THEN 'the row before is missing'
        WHEN k.hash <> sha256(
          k.before || int8send(k.index) || uuid_send(k.editgroup_id)
          || catalog.hash_editgroup(k.editgroup_id)
        ) THEN 'the hash is not that of the edits and the row before'
        WHEN k.edit_count <> (
          SELECT count(*) FROM catalog.edit AS e WHERE e.editgroup_id = k.editgroup_id
        ) THEN 'the number of edits is another'
      END AS problem
    FROM linked AS k
  )
  SELECT j.index, j.problem FROM judged AS j WHERE j.problem IS NOT NULL
  UNION ALL
  SELECT c.index, 'the clock and the newest row do not agree'
  FROM catalog.clock AS c
  WHERE _last >= c.index AND (
    NOT (
      c.index = 0
      OR EXISTS (SELECT FROM catalog.changelog AS l WHERE l.index = c.index AND l.hash = c.hash)
    )
    OR EXISTS (SELECT FROM catalog.changelog AS l WHERE l.index > c.index)
  )
  ORDER BY 1, 2;
$$;
COMMENT ON FUNCTION catalog.verify_chain(bigint, bigint) IS 'The indexes from the first to the last whose row does not follow from the row before and its edits, each with what is wrong; the newest must be the one of the clock.';
