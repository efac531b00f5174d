"""The costs of the program: processor time, memory, bytes on disk, delay on the screen.

A measurement is a module with a function ``measure`` that yields figures; :mod:`.measurements` lists
them. Each runs in a process of its own.
"""
