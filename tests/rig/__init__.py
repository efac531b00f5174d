"""A virtual Bluetooth: BlueZ as Bleak sees it, with sensors of every family, without a radio.

A process of its own (``python -m tests.rig.server``, started by :class:`tests.rig.client.Rig`) runs a
private D-Bus, a fake BlueZ service on it and the virtual sensors. Bleak is used unmodified; it is
led there by ``DBUS_SYSTEM_BUS_ADDRESS``. In one process with the program, the sensors would freeze
together with it and hide a blocked loop.

``bus``        a private dbus-daemon
``bluez``      the adapter, the devices and their GATT objects, as org.bluez shows them
``objects``    D-Bus objects and the signals of their changes
``sensor``     one virtual sensor: it is configured, streams by connection interval and has faults
``motion``     what its strap does meanwhile
``simulated``  the same, played from a simulated leg
``server``     the process: commands as JSON lines on its standard input, answers on its output
``client``     the same from the side of a test
``bumble_…``   a second one, with a real ATT and GATT, and Bleak's backend for it
``session``    a live session as a test sees it
``demo``       the whole program against two virtual sensors (``make demo-ble``)
"""
