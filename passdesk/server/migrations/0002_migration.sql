-- What has been done to these tables, and in which order: the highest number is the version of the database.

CREATE TABLE migration (
    numero INTEGER PRIMARY KEY,
    nom TEXT NOT NULL
) STRICT;
