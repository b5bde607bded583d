-- A carnet that is void because its desk was revoked, and for no other reason: good again if that desk comes back and
-- says that it had given it (decision 0090). What was void before this is left as it is.

ALTER TABLE nul ADD COLUMN limbes INTEGER NOT NULL DEFAULT 0 CHECK (limbes IN (0, 1));
