"""The encrypted base of one desk: operations are the truth, tables are projections."""
