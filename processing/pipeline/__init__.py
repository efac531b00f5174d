"""From the blocks of two sensors to one grid, and through every stage."""
