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

CREATE TABLE gleba.resolution (
  croid uuid NOT NULL,
  doi text NOT NULL,
  begun_at timestamptz NOT NULL,
  outcome gleba.resolution_outcome NOT NULL,
  agent gleba.agent_class NOT NULL,
  location integer NOT NULL,
  count bigint NOT NULL,
  CONSTRAINT resolution_pkey PRIMARY KEY (croid, doi, begun_at, outcome, agent, location),
  CONSTRAINT hour_is_whole CHECK (extract(EPOCH FROM begun_at)::bigint % 3600 = 0),
  CONSTRAINT name_fits_its_index CHECK (octet_length(doi) <= 2000),
  CONSTRAINT location_is_a_number_or_none CHECK (location >= -1),
  CONSTRAINT resolutions_are_counted CHECK (count > 0)
) WITH (fillfactor = 80);
COMMENT ON TABLE gleba.resolution IS 'How often each name was resolved in an hour, and to what. Nothing in it tells who asked.';
COMMENT ON COLUMN gleba.resolution.croid IS 'The object the name led to; all zeros where it led to none.';
COMMENT ON COLUMN gleba.resolution.doi IS 'The DOI that was resolved; empty where a CROID was; 10. alone for the DOIs that are not registered, past the first thousand of an hour.';
COMMENT ON COLUMN gleba.resolution.begun_at IS 'When the hour began.';
COMMENT ON COLUMN gleba.resolution.location IS 'Which location was given: 0 is the primary one, -1 none.';
