CREATE OR REPLACE FUNCTION aquilo.read_published(_body jsonb)
RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
  SELECT coalesce(min(d.day) FILTER (WHERE d.rank = f.rank), '-infinity'::date)
  FROM (
    SELECT m.rank, aquilo.read_first_day(_body -> m.member) AS day
    FROM (
      VALUES (1, 'published'), (2, 'published-print'), (2, 'published-online'), (2, 'posted'), (3, 'issued')
    ) AS m (rank, member)
    WHERE _body ? m.member
  ) AS d
  CROSS JOIN LATERAL (
    SELECT min(m.rank) AS rank
    FROM (VALUES (1, '{published}'::text[]), (2, '{published-print,published-online,posted}'), (3, '{issued}')) AS m (rank, members)
    WHERE _body ?| m.members
  ) AS f
  WHERE d.day > '-infinity';
$$;
COMMENT ON FUNCTION aquilo.read_published(jsonb) IS 'When a work was published: as it says, else first in print, online or posted, else when it was issued.';
