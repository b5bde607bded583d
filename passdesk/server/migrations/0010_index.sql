-- Which desks were told the further secrets of the index, up to which version, and by which event (decision 0059).

CREATE TABLE index_dit (
    device TEXT PRIMARY KEY REFERENCES poste (device),
    version INTEGER NOT NULL,
    srv_seq INTEGER NOT NULL
) STRICT;
