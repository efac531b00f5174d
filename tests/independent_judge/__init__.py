"""A judge of reps, written from the coaching specification alone.

It shares no code with the product and knows no model of the motion: it reads the true angle curves,
the prescription, the calibrated ranges and the known losses, and says for every rep the boundaries that
a coach would see, the verdict and its one reason. Where the specification leaves room, the docstrings
say what was decided and why.
"""
