CREATE TABLE gleba.shelf_life (
  report text NOT NULL,
  title text NOT NULL,
  shelf_life interval NOT NULL,
  refreshed_at timestamptz,
  as_of_index bigint,
  CONSTRAINT shelf_life_pkey PRIMARY KEY (report),
  CONSTRAINT refreshed_has_an_index CHECK ((refreshed_at IS NULL) = (as_of_index IS NULL))
);
COMMENT ON TABLE gleba.shelf_life IS 'How long each report stays fresh, when it was last made, and of which index of the changelog.';
