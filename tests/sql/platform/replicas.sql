-- What is published is what was declared: its public columns and no other.
DO $$
DECLARE
  _declared text[] := ARRAY(
    SELECT p.table_name || ' (' || p.columns || ')' FROM platform.list_published() AS p ORDER BY 1
  );
  _published text[] := ARRAY(
    SELECT format('%s.%s (%s)', t.schemaname, t.tablename, (
      SELECT string_agg(quote_ident(u.name), ', ' ORDER BY u.n)
      FROM unnest(t.attnames) WITH ORDINALITY AS u (name, n)
    ))
    FROM pg_publication_tables AS t WHERE t.pubname = 'nexus_changelog' ORDER BY 1
  );
BEGIN
  ASSERT _declared = _published, _published;
  ASSERT 'catalog.changelog (index, editgroup_id, accepted_by, accepted_at, edit_count, hash)' = ANY (_published);
  ASSERT NOT EXISTS (
    SELECT FROM pg_publication_tables AS t
    WHERE t.schemaname || '.' || t.tablename IN ('catalog.token', 'catalog.clock')
      OR t.schemaname IN ('nauvis', 'vulcanus', 'platform')
      OR t.attnames && ARRAY['idempotency_key', 'request_sha256', 'tokens_revoked_at', 'secret_sha256']::name[]
  );
  ASSERT NOT platform.refresh_publication();
END
$$;

-- A column that is declared is published by the next refresh, one that is not stays here.
DO $$
DECLARE
  _published name[];
BEGIN
  ALTER TABLE catalog.work ADD COLUMN told text, ADD COLUMN kept text;
  ASSERT NOT platform.refresh_publication();
  INSERT INTO platform.published_column VALUES
  ('catalog.work', 'told', true), ('catalog.work', 'kept', false);
  ASSERT platform.refresh_publication();
  SELECT t.attnames INTO _published FROM pg_publication_tables AS t
  WHERE t.pubname = 'nexus_changelog' AND t.tablename = 'work';
  ASSERT 'told' = ANY (_published) AND NOT 'kept' = ANY (_published), _published;
END
$$;

-- A replica needs every column of a published table, and a number that is given here and there.
DO $$
DECLARE
  _amiss text[] := ARRAY(
    SELECT r.table_name || '.' || a.attname
    FROM platform.replicated_table AS r
    JOIN pg_attribute AS a ON a.attrelid = r.table_name::regclass AND a.attnum > 0 AND NOT a.attisdropped
    WHERE a.attgenerated = '' AND a.attname NOT IN ('told', 'kept') AND (
      a.attidentity <> '' OR pg_get_serial_sequence(r.table_name, a.attname) IS NOT NULL
      OR NOT EXISTS (
        SELECT FROM platform.published_column AS p
        WHERE p.table_name = r.table_name AND p.column_name = a.attname
      )
    )
  );
BEGIN
  ASSERT _amiss = '{}', _amiss;
  -- What a replica applies fires no trigger but those that are made for it.
  ASSERT ARRAY(
    SELECT t.tgname::text FROM platform.replicated_table AS r
    JOIN pg_trigger AS t ON t.tgrelid = r.table_name::regclass
    WHERE t.tgenabled <> 'O' ORDER BY 1
  ) = ARRAY['clock_follows_changelog', 'clock_follows_copied_changelog'];
END
$$;

-- Where nothing is followed, every published table is yet to be copied and can be emptied.
DO $$
BEGIN
  ASSERT NOT platform.is_replica();
  ASSERT ARRAY(SELECT platform.list_unfollowed(false)) = ARRAY(SELECT p.table_name FROM platform.list_published() AS p);
  SET LOCAL session_replication_role = replica;
  INSERT INTO catalog.work (croid) VALUES (uuidv7());
  ASSERT platform.clear_unfollowed(true) >= 1;
  ASSERT NOT EXISTS (SELECT FROM catalog.work) AND NOT EXISTS (SELECT FROM catalog.editor);
END
$$;

-- Rows that stand in the way go: by key, by what must be unique, and not those about to change.
DO $$
DECLARE
  _ids CONSTANT uuid[] := ARRAY(SELECT uuidv7() FROM generate_series(1, 4));
BEGIN
  INSERT INTO catalog.editor (editor_id, username) VALUES
  (_ids[1], 'same-key'), (_ids[2], 'Same-Name'), (_ids[3], 'renamed'), (_ids[4], 'another');
  ASSERT platform.clear_way(
    'catalog.editor',
    jsonb_build_array(
      jsonb_build_object('editor_id', _ids[1], 'username', 'new', 'role', 'editor', 'is_bot', 'f'),
      jsonb_build_object('editor_id', uuidv7(), 'username', 'same-name', 'role', 'editor'),
      jsonb_build_object('editor_id', uuidv7(), 'username', 'renamed', 'role', 'editor')
    ),
    '[]',
    jsonb_build_array(jsonb_build_object('editor_id', _ids[3]))
  ) = 2;
  ASSERT ARRAY(SELECT e.username FROM catalog.editor AS e ORDER BY 1) = ARRAY['another', 'renamed'];
  ASSERT platform.clear_way(
    'catalog.editor', '[]',
    jsonb_build_array(jsonb_build_object('editor_id', _ids[3], 'username', 'another')),
    jsonb_build_array(jsonb_build_object('editor_id', _ids[3]))
  ) = 1;
  ASSERT ARRAY(SELECT e.username FROM catalog.editor AS e) = ARRAY['renamed'];
END
$$;
