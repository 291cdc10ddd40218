-- What an editgroup is about is said anew by its editor, until it is accepted.
DO $$
DECLARE
  _ada CONSTANT uuid := catalog.create_editor('ada-r', 'admin', false, NULL);
  _eve CONSTANT uuid := catalog.create_editor('eve-r', 'editor', false, NULL);
  _group CONSTANT uuid := (SELECT o.editgroup_id FROM catalog.open_editgroup(_ada, 'first', '{"a": 1}') AS o);
BEGIN
  PERFORM catalog.describe_editgroup(_group, _ada, 'second', '{"b": 2}');
  ASSERT (SELECT (g.description, g.extra) FROM catalog.editgroup AS g WHERE g.editgroup_id = _group)
    = ('second'::text, '{"b": 2}'::jsonb);
  PERFORM catalog.describe_editgroup(_group, _ada, NULL, NULL);
  ASSERT (SELECT g.description IS NULL AND g.extra IS NULL FROM catalog.editgroup AS g WHERE g.editgroup_id = _group);
  BEGIN
    PERFORM catalog.describe_editgroup(_group, _ada, NULL, '[]');
    RAISE EXCEPTION 'extra was a list';
  EXCEPTION WHEN SQLSTATE 'NX223' THEN
    NULL;
  END;
  BEGIN
    PERFORM catalog.describe_editgroup(_group, _eve, 'mine', NULL);
    RAISE EXCEPTION 'somebody else said it';
  EXCEPTION WHEN SQLSTATE 'NX220' THEN
    NULL;
  END;
  PERFORM catalog.accept(_group, _ada);
  BEGIN
    PERFORM catalog.describe_editgroup(_group, _ada, 'late', NULL);
    RAISE EXCEPTION 'it was accepted already';
  EXCEPTION WHEN SQLSTATE 'NX202' THEN
    NULL;
  END;
END
$$;
