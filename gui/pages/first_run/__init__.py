"""The page First run and its own widgets."""
