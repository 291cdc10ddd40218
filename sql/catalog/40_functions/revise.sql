DROP FUNCTION IF EXISTS catalog.propose(
  uuid, text, jsonb, uuid[], catalog.kind, text[], text[]
);
CREATE OR REPLACE FUNCTION catalog.revise(
  _editor_id uuid, _description text, _extra jsonb, _kind catalog.kind,
  _croids uuid[], _bodies text[], _edit_extras text[],
  _part_croids uuid[], _part_members text[], _part_bodies text[]
)
RETURNS TABLE (croid uuid, action text, revision_id uuid, index bigint)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
#variable_conflict use_column
DECLARE
  _editgroup_id CONSTANT uuid := uuidv7();
  _known CONSTANT uuid[] := ARRAY(SELECT h.croid FROM catalog.hold_idents(_croids) AS h);
  _written uuid[];
  _actions text[];
  _revision_ids uuid[];
  _whole uuid[];
  _changed uuid[];
  _current uuid[];
  _are_known boolean[];
  _index bigint;
BEGIN
  SELECT w.written, w.actions, w.revision_ids, w.whole
  INTO _written, _actions, _revision_ids, _whole
  FROM catalog.write_revisions(
    _editgroup_id, _kind, _croids, _bodies, _edit_extras, _part_croids, _part_members, _part_bodies
  ) AS w;
  IF _whole IS NOT NULL THEN
    PERFORM platform.raise_error('bad-record', format('parts left in the bodies of %s', _whole));
  END IF;
  SELECT coalesce(array_agg(u.croid ORDER BY u.croid), '{}'),
         array_agg(u.revision_id ORDER BY u.croid), array_agg(k.croid IS NOT NULL ORDER BY u.croid)
  INTO _changed, _current, _are_known
  FROM unnest(_written, _actions, _revision_ids) AS u (croid, action, revision_id)
  LEFT JOIN unnest(_known) AS k (croid) ON k.croid = u.croid
  WHERE u.action <> 'unchanged';
  IF _changed <> '{}' THEN
    INSERT INTO catalog.editgroup (editgroup_id, editor_id, status, description, extra)
    VALUES (_editgroup_id, _editor_id, 'accepted', _description, _extra);
    PERFORM catalog.point_idents(_kind, _changed, _current, _are_known);
    PERFORM catalog.project(_changed);
    _index := catalog.append_changelog(_editgroup_id, _editor_id, cardinality(_changed));
    -- Both commit or neither does.
    PERFORM platform.announce('accepted', _changed, _index);
    PERFORM pg_notify('nexus_changelog', _index::text);
  END IF;
  RETURN QUERY
  SELECT u.croid, u.action, u.revision_id, CASE WHEN u.action <> 'unchanged' THEN _index END
  FROM unnest(_written, _actions, _revision_ids) AS u (croid, action, revision_id);
END
$$;
COMMENT ON FUNCTION catalog.revise(
  uuid, text, jsonb, catalog.kind, uuid[], text[], text[], uuid[], text[], text[]
) IS 'Give objects this content in one step, as an editgroup accepted at once; an object whose content is the same gets no edit, and without any edit there is no editgroup.';
