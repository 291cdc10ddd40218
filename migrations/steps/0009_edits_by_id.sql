-- Ids grow with time, as do the tables: a summary of each range of pages finds them at next to no cost.
CREATE INDEX revision_revision_id_idx ON catalog.revision
USING brin (revision_id uuid_minmax_multi_ops) WITH (pages_per_range = 32, autosummarize = on);

CREATE INDEX edit_edit_id_idx ON catalog.edit
USING brin (edit_id uuid_minmax_multi_ops) WITH (pages_per_range = 32, autosummarize = on);
