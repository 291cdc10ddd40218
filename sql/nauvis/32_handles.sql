CREATE TABLE nauvis.handle (
  croid uuid NOT NULL,
  doi text NOT NULL,
  state nauvis.doi_state,
  member_id integer REFERENCES nauvis.member (member_id),
  deposit_id uuid,
  n integer,
  url text,
  locations jsonb,
  alias_of uuid,
  registered_at timestamptz,
  deleted_at timestamptz,
  updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT handle_pkey PRIMARY KEY (croid),
  CONSTRAINT handle_doi_key UNIQUE (doi),
  CONSTRAINT handle_says_something CHECK (num_nonnulls(state, alias_of) > 0),
  CONSTRAINT findable_needs_no_handle CHECK (state <> 'findable'),
  CONSTRAINT registered_since CHECK ((state = 'registered') IS TRUE = (registered_at IS NOT NULL)),
  CONSTRAINT only_registered_is_deleted CHECK (deleted_at IS NULL OR registered_at IS NOT NULL),
  CONSTRAINT alias_leads_elsewhere CHECK (alias_of <> croid),
  CONSTRAINT handle_names_a_record CHECK (num_nulls(deposit_id, n) IN (0, 2))
);
COMMENT ON TABLE nauvis.handle IS 'The DOIs that are draft, registered or aliases; a findable one has its record in the catalogue and no row here.';
COMMENT ON COLUMN nauvis.handle.state IS 'Null for an alias of which no record was ever deposited.';
COMMENT ON COLUMN nauvis.handle.deposit_id IS 'With n the deposited record that says what it is.';
COMMENT ON COLUMN nauvis.handle.url IS 'Where it leads, as its record says.';
COMMENT ON COLUMN nauvis.handle.locations IS 'Further places, as the record lists them: array of {URL, label, country, weight}.';
COMMENT ON COLUMN nauvis.handle.alias_of IS 'The object that the DOI leads to in place of its own.';
COMMENT ON COLUMN nauvis.handle.deleted_at IS 'Since when it is a tombstone, by the wish of its owner.';
