CREATE OR REPLACE FUNCTION catalog.list_dump(_index bigint)
RETURNS TABLE (table_name text, copy_out text, copy_in text)
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
  SELECT d.table_name,
         format('COPY (SELECT %s FROM (%s) AS t) TO STDOUT', c.columns, format(d.rows, _index)),
         format('COPY %s (%s) FROM STDIN', d.table_name, c.columns)
  FROM (
    VALUES
    (1, 'catalog.editor', 'SELECT e.* FROM catalog.editor AS e ORDER BY e.editor_id'),
    (
      2, 'catalog.editgroup',
      'SELECT g.* FROM catalog.changelog AS l JOIN catalog.editgroup AS g'
      ' ON g.editgroup_id = l.editgroup_id WHERE l.index <= %s ORDER BY l.index'
    ),
    (3, 'catalog.revision', 'SELECT r.* FROM catalog.accepted_revision AS r WHERE r.index <= %s ORDER BY r.croid'),
    (
      4, 'catalog.part',
      'SELECT p.* FROM catalog.part AS p WHERE EXISTS (SELECT FROM catalog.accepted_revision AS r'
      ' WHERE r.croid = p.croid AND p.sha256 = ANY (r.parts) AND r.index <= %s) ORDER BY p.croid'
    ),
    (
      5, 'catalog.ident',
      'SELECT i.* FROM (SELECT DISTINCT ON (e.croid) e.croid, e.kind, true AS is_live, e.revision_id,'
      ' e.redirect_to FROM catalog.edit AS e JOIN catalog.changelog AS l ON l.editgroup_id = e.editgroup_id'
      ' WHERE l.index <= %s ORDER BY e.croid, l.index DESC) AS i ORDER BY i.redirect_to IS NOT NULL, i.croid'
    ),
    (
      6, 'catalog.edit',
      'SELECT e.* FROM catalog.edit AS e JOIN catalog.changelog AS l ON l.editgroup_id = e.editgroup_id'
      ' WHERE l.index <= %s ORDER BY l.index, e.croid'
    ),
    (7, 'catalog.changelog', 'SELECT l.* FROM catalog.changelog AS l WHERE l.index <= %s ORDER BY l.index'),
    (
      8, 'catalog.annotation',
      'SELECT a.* FROM catalog.annotation AS a JOIN catalog.changelog AS l ON l.editgroup_id = a.editgroup_id'
      ' WHERE l.index <= %s ORDER BY a.editgroup_id, a.annotation_id'
    ),
    (
      9, 'catalog.redaction',
      'SELECT d.* FROM catalog.redaction AS d WHERE EXISTS (SELECT FROM catalog.accepted_revision AS r'
      ' WHERE r.croid = d.croid AND r.revision_id = d.revision_id AND r.index <= %s) ORDER BY d.croid'
    )
  ) AS d (n, table_name, rows)
  CROSS JOIN LATERAL platform.public_columns(d.table_name) AS c (columns)
  ORDER BY d.n;
$$;
COMMENT ON FUNCTION catalog.list_dump(bigint) IS 'What a full dump up to an index of the changelog consists of: the tables in the order of a restore, and the statements that write and read their public columns.';
