"""The offset and scale of a device's accelerometer, from laying it on a table face by face.

``six_faces`` finds the poses and fits; ``trim`` is the result and applies it. ``sensor.store.trims``
remembers it.
"""
