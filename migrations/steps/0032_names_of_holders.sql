-- Members and prefixes of the public registry are found by words of their names.
-- The step is one transaction: sources wait while this is made, for some seconds.
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX statement_held_name_idx ON fulgora.statement USING gin (
  to_tsvector('pg_catalog.simple', lower(regexp_replace(
    normalize(
      regexp_replace(coalesce(facts ->> 'name', ''), '</?[[:alpha:]][^<>]{0,80}>', '', 'g'), nfkd
    ),
    '[\u0300-\u036f]', '', 'g'
  )))
) WHERE role = 'held';
COMMENT ON INDEX fulgora.statement_held_name_idx IS 'Who holds a prefix, by words of the name in lower case, without markup and accents, as Aquilo searches.';
