-- What waits to be released by a second person is asked whenever Home is looked at.
CREATE INDEX publication_waits ON publication (response_id, decided_by, decided_at)
 WHERE released_at IS NULL AND withdrawn_at IS NULL AND decision <> 'withhold' AND fell IS NULL;
