-- Why people left, of four reasons and in words of ours alone: counted for the team.
CREATE TABLE leaving (
  evidence_id INTEGER PRIMARY KEY REFERENCES evidence (id), -- that of leaving
  list_id INTEGER NOT NULL REFERENCES list (id),
  at INTEGER NOT NULL,
  reason TEXT NOT NULL CHECK (reason IN ('too many', 'not relevant', 'role changed', 'never asked'))
) STRICT;
CREATE INDEX leaving_list ON leaving (list_id, at);
