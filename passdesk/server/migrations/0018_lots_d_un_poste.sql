-- Whether a number is of a desk's own lots is asked for each carnet of a key: without this, each answer goes through all
-- the lots of the campaign, and a hostile desk holds the Region's lock with awards that are not its own (decision 0079).

CREATE INDEX lot_par_poste ON lot (device, campagne, premier);
