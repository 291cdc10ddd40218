-- Few rows, and they hold by what they were before: checking them is quick.
-- squawk-ignore-file adding-foreign-key-constraint, constraint-missing-not-valid, ban-drop-constraint

-- A correction under a prefix that nobody owns is accepted with an edit of the catalogue.
ALTER TABLE nauvis.correction ADD COLUMN editgroup_id uuid
REFERENCES catalog.editgroup (editgroup_id);
ALTER TABLE nauvis.correction DROP CONSTRAINT accepted_is_a_deposit;
ALTER TABLE nauvis.correction
ADD CONSTRAINT accepted_is_a_deposit_or_an_edit CHECK (
  num_nonnulls(deposit_id, editgroup_id) = (state = 'accepted')::integer
);

-- Requests to change a DOI are kept as they came, in a form of their own.
ALTER TYPE nauvis.media ADD VALUE 'dois' AFTER 'datacite';
