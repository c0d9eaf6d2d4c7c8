-- Words of scanned pages and pictures: from which byte of the text on a program guessed them, and
-- how sure it was, in percent.
ALTER TABLE attachment ADD COLUMN recognised_at INTEGER CHECK (recognised_at >= 0);
ALTER TABLE attachment ADD COLUMN recognised_sure INTEGER CHECK (recognised_sure BETWEEN 0 AND 100);
