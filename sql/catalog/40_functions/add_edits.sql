CREATE OR REPLACE FUNCTION catalog.add_edits(
  _editgroup_id uuid, _editor_id uuid, _actions catalog.edit_action[], _croids uuid[],
  _kinds catalog.kind[], _bodies text[], _targets uuid[], _revision_ids uuid[],
  _expected_ids uuid[], _extras text[]
)
RETURNS TABLE (
  n integer, edit_id uuid, croid uuid, kind catalog.kind, action catalog.edit_action,
  revision_id uuid, redirect_to uuid, previous_revision_id uuid, previous_redirect_to uuid
)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
#variable_conflict use_column
DECLARE
  _made uuid[] := ARRAY(
    SELECT CASE WHEN u.action = 'create' AND u.croid IS NULL THEN uuidv7() ELSE u.croid END
    FROM unnest(_actions, _croids) WITH ORDINALITY AS u (action, croid, n) ORDER BY u.n
  );
  _born integer;
  _stale text;
BEGIN
  PERFORM catalog.hold_own_editgroup(_editgroup_id, _editor_id);
  -- Holds off who would take content away, and nobody else.
  PERFORM FROM (
    SELECT i.croid FROM catalog.ident AS i
    WHERE i.croid = ANY (_made) ORDER BY i.croid FOR KEY SHARE
  ) AS held;
  PERFORM catalog.check_contents(_actions, _kinds, _bodies, _extras);
  PERFORM catalog.check_targets(
    _editgroup_id, _actions, _made, _kinds, _targets, _revision_ids, _expected_ids
  );
  INSERT INTO catalog.ident (croid, kind)
  SELECT u.croid, u.kind FROM unnest(_actions, _made, _kinds) AS u (action, croid, kind)
  WHERE u.action = 'create' ORDER BY u.croid ON CONFLICT DO NOTHING;
  GET DIAGNOSTICS _born = ROW_COUNT;
  IF _born <> cardinality(array_positions(_actions, 'create')) THEN
    PERFORM platform.raise_error('wrong-state', 'an object to be created exists already');
  END IF;
  RETURN QUERY
  WITH stored AS MATERIALIZED (
    SELECT s.croid, s.revision_id FROM catalog.store_bodies(
      _made,
      ARRAY(
        SELECT i.kind FROM unnest(_made) WITH ORDINALITY AS u (croid, n)
        JOIN catalog.ident AS i ON i.croid = u.croid ORDER BY u.n
      ),
      ARRAY(
        SELECT CASE WHEN u.action IN ('create', 'update') THEN u.body END
        FROM unnest(_actions, _bodies) WITH ORDINALITY AS u (action, body, n) ORDER BY u.n
      )
    ) AS s (croid, revision_id)
  ),
  edited AS (
    INSERT INTO catalog.edit (
      croid, editgroup_id, kind, action, revision_id, redirect_to,
      previous_revision_id, previous_redirect_to, extra
    )
    SELECT u.croid, _editgroup_id, i.kind, u.action,
           CASE WHEN u.action = 'revert' THEN u.revision_id ELSE s.revision_id END,
           CASE WHEN u.action = 'redirect' THEN u.target END,
           i.revision_id, i.redirect_to, u.extra::jsonb
    FROM unnest(_actions, _made, _targets, _revision_ids, _extras)
      AS u (action, croid, target, revision_id, extra)
    JOIN catalog.ident AS i ON i.croid = u.croid
    LEFT JOIN stored AS s ON s.croid = u.croid
    ORDER BY u.croid
    RETURNING *
  )
  SELECT u.n::integer, e.edit_id, e.croid, e.kind, e.action, e.revision_id, e.redirect_to,
         e.previous_revision_id, e.previous_redirect_to
  FROM edited AS e JOIN unnest(_made) WITH ORDINALITY AS u (croid, n) ON u.croid = e.croid
  ORDER BY u.n;
  -- Nothing holds off acceptance: what an edit starts from may be newer than what was checked.
  SELECT string_agg(croid.encode(e.croid), ' ' ORDER BY e.croid) INTO _stale
  FROM unnest(_made, _expected_ids) AS u (croid, expected_id)
  JOIN catalog.edit AS e ON e.editgroup_id = _editgroup_id AND e.croid = u.croid
  WHERE u.expected_id IS NOT NULL AND e.previous_revision_id IS DISTINCT FROM u.expected_id;
  IF _stale IS NOT NULL THEN
    PERFORM platform.raise_error('stale-base', _stale);
  END IF;
END
$$;
COMMENT ON FUNCTION catalog.add_edits(
  uuid, uuid, catalog.edit_action[], uuid[], catalog.kind[], text[], uuid[], uuid[], uuid[], text[]
) IS 'Propose changes of every sort to objects of every kind, all or none; n counts them from 1. A create without a CROID mints one; an update of what was merged splits it, of what was deleted brings it back.';
