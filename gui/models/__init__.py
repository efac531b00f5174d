"""What the window knows: plain values and rules without Qt, handed to the widgets."""
