"""What strangers' sensors, people and endings do to the program; each module prints one table.

Seeds: those below :data:`REPORTED_FROM` are for development, the reported figures come from those above.
"""

REPORTED_FROM = 7_000_000
"""The first seed of reported figures. No constant of the product was chosen on seeds from here on."""
