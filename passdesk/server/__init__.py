"""The Region's server: stores first, judges afterwards."""
