"""What the mediator sees and presses; it decides nothing."""
