-- What names its journal by title alone is derived again when the journal becomes known.
-- The step is one transaction: acceptances wait while this is made, some seconds for a million works.
-- Titles may be too long for a tree.
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX release_container_title_idx ON catalog.release USING hash (lower(container_title))
WHERE issn = '{}';
COMMENT ON INDEX catalog.release_container_title_idx IS 'What appeared under a title and no ISSN, when a container of that title becomes known.';
