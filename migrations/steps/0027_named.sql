-- Releases are found by the people and the containers that they name.
-- squawk-ignore-file require-concurrent-index-creation
-- Writers wait while indexes are made: a step is one transaction, all of it or nothing.
CREATE INDEX contributor_orcid_idx ON catalog.contributor (orcid) WHERE orcid IS NOT NULL;
CREATE INDEX release_issn_idx ON catalog.release USING gin (issn);
CREATE INDEX container_lower_name_idx ON catalog.container (lower(name));
