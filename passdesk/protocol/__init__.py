"""All that leaves the desk: bytes ↔ frozen dataclasses, versioned (protocol.md)."""
