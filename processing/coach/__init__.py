"""From reps to verdicts, cues and the plan of a session."""
