"""From the samples of both sensors to angles, and what calibration needs of them."""
