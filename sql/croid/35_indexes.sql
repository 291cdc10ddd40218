CREATE UNIQUE INDEX identifier_scheme_value_idx ON croid.identifier (scheme, value) WHERE is_unique;
COMMENT ON INDEX croid.identifier_scheme_value_idx IS 'Guards that a unique identifier names one object; serves croid.reserve.';
CREATE INDEX identifier_croid_idx ON croid.identifier (croid);
COMMENT ON INDEX croid.identifier_croid_idx IS 'Serves identifier_list: the identifiers of an object.';
