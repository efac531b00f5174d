"""From two sensors to one grid, and through every stage."""
