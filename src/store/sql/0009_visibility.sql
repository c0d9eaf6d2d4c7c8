-- Who finds a list on the web. Closed ones are private: what their staff decided about who reads
-- it holds for the pages too. "mercat list visibility" says otherwise.
ALTER TABLE list ADD COLUMN visibility TEXT NOT NULL DEFAULT 'public'
  CHECK (visibility IN ('public', 'unlisted', 'private'));
UPDATE list SET visibility = 'private' WHERE entry = 'closed';
