CREATE UNIQUE INDEX record_source_key_idx ON fulgora.record (source, key)
WHERE valid_to_release IS NULL;
COMMENT ON INDEX fulgora.record_source_key_idx IS 'The current version of a row; there is one.';

CREATE INDEX record_source_valid_from_release_key_idx
ON fulgora.record (source, valid_from_release, key);
COMMENT ON INDEX fulgora.record_source_valid_from_release_key_idx IS 'What a release changed, in order of key.';

CREATE INDEX record_source_valid_to_release_key_idx
ON fulgora.record (source, valid_to_release, key) WHERE valid_to_release IS NOT NULL;
COMMENT ON INDEX fulgora.record_source_valid_to_release_key_idx IS 'What a release ended, in order of key.';

CREATE INDEX statement_scheme_value_source_idx ON fulgora.statement (scheme, value, source);
COMMENT ON INDEX fulgora.statement_scheme_value_source_idx IS 'What sources say about an identifier.';

CREATE INDEX statement_held_name_idx ON fulgora.statement USING gin (
  to_tsvector('pg_catalog.simple', lower(regexp_replace(
    normalize(
      regexp_replace(coalesce(facts ->> 'name', ''), '</?[[:alpha:]][^<>]{0,80}>', '', 'g'), nfkd
    ),
    '[\u0300-\u036f]', '', 'g'
  )))
) WHERE role = 'held';
COMMENT ON INDEX fulgora.statement_held_name_idx IS 'Who holds a prefix, by words of the name in lower case, without markup and accents, as Aquilo searches.';
