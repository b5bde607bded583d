"""What the règlement and the paper are: pure values and decisions, standard library only."""
