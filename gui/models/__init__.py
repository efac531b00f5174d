"""The models of the window: plain values and rules without Qt, passed to the widgets."""
