"""What is known of a device's accelerometer from laying it on a table, face by face.

``faces`` finds the poses and fits, ``trim`` is the result and puts it to use, ``store`` remembers it.
"""
