"""The one way in for what others wrote: JSON and TOML files into typed values.

``parse`` reads text with limits, ``convert`` makes a typed value of it, ``explain`` says what is
wrong and where, ``header`` tells the kind and version of a file of ours.
"""
