"""A virtual Bluetooth: BlueZ as Bleak sees it, with sensors of every family, without a radio.

A separate process (``python -m tests.rig.server``, started by :class:`tests.rig.client.Rig`) runs a
private D-Bus, a fake BlueZ service on it and the virtual sensors. Bleak is used unmodified;
``DBUS_SYSTEM_BUS_ADDRESS`` leads it there. In one process with the program, the sensors would freeze
together with it and hide a blocked loop.

``bus``        a private dbus-daemon
``bluez``      the adapter, the devices and their GATT objects, as org.bluez shows them
``objects``    D-Bus objects and the signals of their changes
``sensor``     one virtual sensor: it is configured, streams by connection interval and has faults
``motion``     the movement of the strap of a sensor
``simulated``  the same, from a simulated leg
``server``     the process: commands as JSON lines on its standard input, answers on its output
``client``     the side of a test
``bumble_…``   a second one, with a real ATT and GATT, and Bleak's backend for it
``program``    a front end in a process of its own, to be ended in some way
``on_terminal`` the command line with a terminal of its own
``session``    a live session that a test can wait for
``demo``       the whole program against two virtual sensors (``make demo-ble``)
"""
