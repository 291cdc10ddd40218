CREATE OR REPLACE FUNCTION catalog.check_targets(
  _editgroup_id uuid, _actions catalog.edit_action[], _croids uuid[], _kinds catalog.kind[],
  _targets uuid[], _revision_ids uuid[], _expected_ids uuid[]
)
RETURNS void
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _twice CONSTANT uuid[] := ARRAY(
    SELECT u.croid FROM unnest(_croids) AS u (croid) GROUP BY u.croid HAVING count(*) > 1
  );
  _slug text;
  _detail text;
BEGIN
  SELECT f.slug, CASE
    WHEN f.slug = 'stale-base' THEN croid.encode(u.croid)
    ELSE format(
      'edit %1$s: ' || f.reason, u.n, coalesce(croid.encode(u.croid), 'an object without a CROID'),
      coalesce(croid.encode(u.target), 'nothing'), i.kind, coalesce(t.kind, u.kind), u.revision_id
    )
  END INTO _slug, _detail
  FROM unnest(_actions, _croids, _kinds, _targets, _revision_ids, _expected_ids) WITH ORDINALITY
    AS u (action, croid, kind, target, revision_id, expected_id, n)
  LEFT JOIN catalog.ident AS i ON i.croid = u.croid
  LEFT JOIN catalog.ident AS t ON t.croid = u.target AND u.action = 'redirect'
  CROSS JOIN LATERAL (
    VALUES
    (1, 'already-edited', '%2$s has an edit already', u.croid = ANY (_twice) OR EXISTS (
      SELECT FROM catalog.edit AS e WHERE e.editgroup_id = _editgroup_id AND e.croid = u.croid
    )),
    (2, 'wrong-state', '%2$s exists already', u.action = 'create' AND i.croid IS NOT NULL),
    (3, 'no-such-object', '%2$s is not known', u.action <> 'create' AND i.croid IS NULL),
    (4, 'wrong-state', '%2$s was never accepted', u.action <> 'create' AND NOT i.is_live),
    (5, 'bad-edit', '%2$s is a %4$s, not a %5$s', u.kind <> i.kind),
    (
      6, 'stale-base', '',
      u.expected_id IS NOT NULL AND i.revision_id IS DISTINCT FROM u.expected_id
    ),
    (7, 'wrong-state', '%2$s was deleted already', u.action = 'delete' AND i.state = 'deleted'),
    (8, 'bad-redirect', '%2$s would lead to itself', u.action = 'redirect' AND u.target = u.croid),
    (9, 'bad-redirect', '%3$s is not known', u.action = 'redirect' AND t.croid IS NULL),
    (10, 'bad-redirect', '%3$s was never accepted', NOT t.is_live),
    (11, 'bad-redirect', '%3$s was merged itself', t.is_redirect),
    (12, 'bad-redirect', '%3$s is a %5$s, %2$s a %4$s', t.kind <> i.kind),
    (13, 'bad-redirect', '%2$s leads to %3$s already', t.croid = i.redirect_to),
    (14, 'bad-redirect', 'others were merged into %2$s', u.action = 'redirect' AND EXISTS (
      SELECT FROM catalog.ident AS m WHERE m.redirect_to = u.croid AND m.croid <> ALL (_croids)
        AND NOT EXISTS (
          SELECT FROM catalog.edit AS e WHERE e.editgroup_id = _editgroup_id AND e.croid = m.croid
        )
    )),
    (15, 'no-such-revision', '%2$s has no accepted revision %6$s',
    u.action = 'revert' AND NOT EXISTS (
      SELECT FROM catalog.edit AS e JOIN catalog.changelog AS l ON l.editgroup_id = e.editgroup_id
      WHERE e.croid = u.croid AND e.revision_id = u.revision_id
    )),
    (16, 'redacted', 'revision %6$s of %2$s', u.action = 'revert' AND EXISTS (
      SELECT FROM catalog.redaction AS r WHERE r.croid = u.croid AND r.revision_id = u.revision_id
    ))
  ) AS f (rank, slug, reason, is_so)
  WHERE f.is_so
  ORDER BY u.n, f.rank
  LIMIT 1;
  IF _slug IS NOT NULL THEN
    PERFORM platform.raise_error(_slug, _detail);
  END IF;
END
$$;
COMMENT ON FUNCTION catalog.check_targets(
  uuid, catalog.edit_action[], uuid[], catalog.kind[], uuid[], uuid[], uuid[]
) IS 'Refuse edits of what is not there or not in a state for it, merges that lead nowhere, and reverts to what the object never was; the detail counts them from 1.';
