CREATE TYPE gleba.resolution_outcome AS ENUM (
  'landed', 'chosen', 'chooser', 'described', 'data', 'values', 'deleted', 'unknown', 'malformed'
);
COMMENT ON TYPE gleba.resolution_outcome IS 'What who asked was given: the landing page, the location they named or were given among several, the page to choose on, the description of what has no location, data in a format, values of the handle, that it was deleted, that it is not registered, that it is no name.';

CREATE TYPE gleba.agent_class AS ENUM ('browser', 'program', 'robot');
COMMENT ON TYPE gleba.agent_class IS 'What asked, by its own words: a browser, some other program, or a robot that says it is one.';
