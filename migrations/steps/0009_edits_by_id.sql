-- Ids grow with time, as do the tables: a summary of each range of pages finds them at little cost.
-- Writers wait while these are made: a step is one transaction, all of it or nothing.
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX revision_revision_id_idx ON catalog.revision
USING brin (revision_id uuid_minmax_multi_ops) WITH (pages_per_range = 32, autosummarize = on);

-- squawk-ignore require-concurrent-index-creation
CREATE INDEX edit_edit_id_idx ON catalog.edit
USING brin (edit_id uuid_minmax_multi_ops) WITH (pages_per_range = 32, autosummarize = on);
