"""One use case a function; each owns its transaction and returns plain values."""
