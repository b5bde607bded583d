-- The carnet that an award replaces (same campaign), NULL for most: a replacement counts in its place, never beside it
-- (protocol §3).

ALTER TABLE attribution ADD COLUMN remplace INTEGER;
