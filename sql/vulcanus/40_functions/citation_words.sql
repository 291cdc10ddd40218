CREATE OR REPLACE FUNCTION vulcanus.citation_words(_text text)
RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
  SELECT array_agg(left(w.word, 40) ORDER BY w.n)
  FROM regexp_split_to_table(
    translate(
      regexp_replace(
        regexp_replace(
          normalize(lower(left(_text, 4000)), NFKD), '<[^<>]{1,40}>|[\u0300-\u036F]', '', 'g'
        ), '&[a-z]{2,8};', ' ', 'g'
      ), 'øłđßæœı', 'oldsaoi'
    ), '[^[:alnum:]]+'
  ) WITH ORDINALITY AS w (word, n)
  WHERE w.word <> '' AND w.word <> ALL (
    '{the,of,and,in,a,an,to,for,on,with,by,from,at,as,is,de,la,le,les,des,du,et,der,die,das,und}'
  );
$$;
COMMENT ON FUNCTION vulcanus.citation_words(text) IS 'The words of a title or a reference in comparable form: lower case, without marks, markup and the commonest small words.';
