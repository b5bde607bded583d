"""The exchange over real sockets, against a server in a process of its own: what cuts, what lies, what swells."""
