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
COMMENT ON TABLE gleba.resolution_month IS 'What is left of the resolutions of a month whose hours are not kept any more: how many there were, and of how many different names.';
COMMENT ON COLUMN gleba.resolution_month.month IS 'Year and month in UTC, as 2026-01.';
