-- Every work can be told as BibTeX: nothing is refused for want of authors any more.
DELETE FROM platform.error WHERE slug = 'no-authors';
