-- Unsorted mail that says that somebody may be at risk: it is read before the rest. Derived; mail
-- from before this version is marked once it is read again ("mercat rebuild").
ALTER TABLE inbound ADD COLUMN at_risk INTEGER NOT NULL DEFAULT 0 CHECK (at_risk IN (0, 1));
CREATE INDEX inbound_at_risk ON inbound (id) WHERE taken_as = 'unsorted' AND at_risk = 1;
