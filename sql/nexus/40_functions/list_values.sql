CREATE OR REPLACE FUNCTION nexus.list_values(_croid uuid, _revision_id uuid, _extra jsonb)
RETURNS TABLE (pointer text, value jsonb, layer text, element jsonb)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  _body CONSTANT jsonb := catalog.read_body(_croid, _revision_id);
  _lent CONSTANT jsonb := coalesce(_extra -> 'lent', '{}');
  _rest jsonb := _body;
  _base text := 'revision:' || _revision_id;
  _at text[];
BEGIN
  -- A replica has no layers: there a revision says itself what it says.
  IF _extra ? 'layers' AND NOT EXISTS (
    SELECT FROM jsonb_array_elements_text(_extra -> 'layers') AS n (name)
    WHERE n.name NOT LIKE '%:%' AND NOT EXISTS (
      SELECT FROM vulcanus.layer AS l
      WHERE l.croid = _croid AND l.layer_id = CASE WHEN n.name NOT LIKE '%:%' THEN n.name::uuid END
    )
  ) THEN
    _base := (
      SELECT n.name FROM jsonb_array_elements_text(_extra -> 'layers') WITH ORDINALITY AS n (name, place)
      WHERE n.name LIKE '%:%' ORDER BY n.place LIMIT 1
    );
  END IF;
  -- What patches wrote is told and taken off, the last first; what is left, the bases say.
  FOR layer, element IN
    SELECT l.layer_id::text, e.element
    FROM jsonb_array_elements_text(_extra -> 'layers') WITH ORDINALITY AS n (name, place)
    JOIN vulcanus.layer AS l
      ON l.croid = _croid AND l.layer_id = CASE WHEN n.name NOT LIKE '%:%' THEN n.name::uuid END
    CROSS JOIN LATERAL jsonb_array_elements(l.patch) WITH ORDINALITY AS e (element, place)
    ORDER BY n.place DESC, e.place DESC
  LOOP
    _at := nexus.split_pointer(element ->> 'path');
    IF element ->> 'action' = 'deleteChild' THEN
      pointer := element ->> 'path';
      value := NULL;
      IF nexus.find_value(_rest, _at, element -> 'originalValue') IS NULL THEN
        RETURN NEXT;
        _rest := jsonb_set(_rest, _at, element -> 'originalValue');
      END IF;
      CONTINUE;
    END IF;
    value := element -> 'enrichedValue';
    pointer := nexus.join_pointer(nexus.find_value(_body, _at, value));
    IF pointer IS NOT NULL THEN
      RETURN NEXT;
    END IF;
    _at := nexus.find_value(_rest, _at, value);
    IF _at IS NOT NULL THEN
      _rest := CASE
        WHEN element ->> 'action' LIKE 'update%' AND element ? 'originalValue'
          THEN jsonb_set(_rest, _at, element -> 'originalValue')
        ELSE _rest #- _at
      END;
    END IF;
  END LOOP;
  element := NULL;
  RETURN QUERY
  SELECT p.pointer, m.value, coalesce(_lent ->> p.pointer, _base), NULL::jsonb
  FROM jsonb_each(_rest) AS m (key, value)
  CROSS JOIN LATERAL nexus.join_pointer(ARRAY[m.key]) AS p (pointer)
  WHERE _base IS NOT NULL AND (m.value NOT IN ('{}', '[]') OR m.value = _body -> m.key)
  UNION ALL
  SELECT t.key, _rest #> s.path, t.value, NULL::jsonb
  FROM jsonb_each_text(_lent) AS t (key, value)
  CROSS JOIN LATERAL nexus.split_pointer(t.key) AS s (path)
  WHERE cardinality(s.path) > 1 AND _rest #> s.path IS NOT NULL;
END
$$;
COMMENT ON FUNCTION nexus.list_values(uuid, uuid, jsonb) IS 'What an accepted revision says, and which of the layers that its edit names says each: members as the bases have them, and every value that a patch wrote, with its element.';
