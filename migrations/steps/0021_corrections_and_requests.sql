-- Few rows, and they hold by what they were before: checking them is quick.
-- squawk-ignore-file adding-foreign-key-constraint, constraint-missing-not-valid
-- squawk-ignore-file ban-drop-constraint, require-concurrent-index-creation

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

-- Callbacks that were given up are listed and sent again.
CREATE INDEX callback_dead_idx ON nauvis.callback (member_id, callback_id) WHERE state = 'dead';

-- Of old resolutions the counts by month are kept.
CREATE TABLE gleba.resolution_month (
  prefix text NOT NULL,
  month text NOT NULL,
  outcome gleba.resolution_outcome NOT NULL,
  agent gleba.agent_class NOT NULL,
  resolution_count bigint NOT NULL,
  doi_count bigint NOT NULL,
  CONSTRAINT resolution_month_pkey PRIMARY KEY (prefix, month, outcome, agent),
  CONSTRAINT month_is_one CHECK (month ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
  CONSTRAINT month_has_resolutions CHECK (resolution_count > 0 AND doi_count > 0)
);
