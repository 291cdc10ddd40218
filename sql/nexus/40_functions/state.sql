CREATE OR REPLACE FUNCTION nexus.state(_croids uuid[], _editgroup_id uuid)
RETURNS integer
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _count integer;
BEGIN
  WITH stated AS MATERIALIZED (
    SELECT s.* FROM nexus.list_statements(_croids) AS s
  ),
  known AS MATERIALIZED (
    SELECT r.subject_croid, r.relation_type, r.object_key, r.by_subject, r.by_object, r.by_nexus
    FROM nexus.relation AS r
    WHERE r.subject_croid = ANY (_croids) AND r.is_current AND (r.by_subject | r.by_nexus) <> 0
    UNION
    SELECT r.subject_croid, r.relation_type, r.object_key, r.by_subject, r.by_object, r.by_nexus
    FROM nexus.relation AS r
    WHERE r.object_key = ANY (_croids) AND r.is_current AND r.by_object <> 0
  ),
  judged AS (
    -- Of each row only what these objects assert of it is judged.
    SELECT k.*,
      CASE WHEN o.speaks_first THEN coalesce(s.by_subject, z.none) ELSE k.by_subject END AS subject,
      CASE WHEN o.speaks_last THEN coalesce(s.by_object, z.none) ELSE k.by_object END AS object,
      CASE WHEN o.speaks_first THEN coalesce(s.by_nexus, z.none) ELSE k.by_nexus END AS hub
    FROM known AS k
    CROSS JOIN (SELECT 0::smallint) AS z (none)
    CROSS JOIN LATERAL (
      SELECT k.subject_croid = ANY (_croids), k.object_key = ANY (_croids)
    ) AS o (speaks_first, speaks_last)
    LEFT JOIN stated AS s
      ON s.subject_croid = k.subject_croid AND s.relation_type = k.relation_type
      AND s.object_key = k.object_key
  ),
  changed AS (
    UPDATE nexus.relation AS r
    SET is_current = j.is_asserted,
        by_subject = CASE WHEN j.is_asserted THEN j.subject ELSE r.by_subject END,
        by_object = CASE WHEN j.is_asserted THEN j.object ELSE r.by_object END,
        by_nexus = CASE WHEN j.is_asserted THEN j.hub ELSE r.by_nexus END,
        editgroup_id = _editgroup_id
    FROM (
      SELECT g.*, (g.subject | g.object | g.hub) <> 0 AS is_asserted FROM judged AS g
    ) AS j
    WHERE r.subject_croid = j.subject_croid AND r.relation_type = j.relation_type
      AND r.object_key = j.object_key
      AND (j.subject, j.object, j.hub) <> (j.by_subject, j.by_object, j.by_nexus)
    RETURNING 1
  ),
  added AS (
    INSERT INTO nexus.relation AS r (
      subject_croid, relation_type, object_key, first_editgroup_id, editgroup_id,
      by_subject, by_object, by_nexus, is_current, object_scheme, object_value
    )
    SELECT s.subject_croid, s.relation_type, s.object_key, _editgroup_id, _editgroup_id,
           s.by_subject, s.by_object, s.by_nexus, true, s.object_scheme, s.object_value
    FROM stated AS s
    WHERE NOT EXISTS (
      SELECT FROM known AS k
      WHERE k.subject_croid = s.subject_croid AND k.relation_type = s.relation_type
        AND k.object_key = s.object_key
    )
    ORDER BY s.subject_croid, s.relation_type, s.object_key
    ON CONFLICT (subject_croid, relation_type, object_key) DO UPDATE SET
      editgroup_id = excluded.editgroup_id, is_current = true,
      by_subject = CASE WHEN r.is_current THEN r.by_subject ELSE 0 END | excluded.by_subject,
      by_object = CASE WHEN r.is_current THEN r.by_object ELSE 0 END | excluded.by_object,
      by_nexus = CASE WHEN r.is_current THEN r.by_nexus ELSE 0 END | excluded.by_nexus
    RETURNING 1
  )
  SELECT (SELECT count(*) FROM changed AS c) + (SELECT count(*) FROM added AS a) INTO _count;
  RETURN _count;
END
$$;
COMMENT ON FUNCTION nexus.state(uuid[], uuid) IS 'Bring the relations that these objects assert in line with what their bodies say now; returns how many were asserted, changed or retracted.';
