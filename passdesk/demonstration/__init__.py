"""The demonstration: a Region, two desks and made-up people, on campaign 127, worth nothing."""
