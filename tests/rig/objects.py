"""Objects on a D-Bus and their properties, with signals for their changes."""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from dbus_fast import Message, Variant
from dbus_fast.aio import MessageBus

OBJECTS = "org.freedesktop.DBus.ObjectManager"
PROPERTIES = "org.freedesktop.DBus.Properties"

Interfaces: TypeAlias = dict[str, dict[str, Variant]]
Methods: TypeAlias = Mapping[tuple[str, str], Callable[[Message], Message | None]]


class ObjectTree:
    """The objects of a service, by path, interface and property.

    Attributes
    ----------
    objects
        The properties. Change them through the methods, which send the signals.
    methods
        The functions that answer calls to any object, by interface and member.
    """

    def __init__(self, bus: MessageBus) -> None:
        self.objects: dict[str, Interfaces] = {}
        self.methods: Methods = {
            (OBJECTS, "GetManagedObjects"): self._get_managed_objects,
            (PROPERTIES, "Get"): self._get,
            (PROPERTIES, "GetAll"): self._get_all,
        }
        self._bus = bus

    def add(self, path: str, interfaces: Interfaces) -> None:
        """Add an object."""
        self.objects[path] = interfaces
        self._signal("/", OBJECTS, "InterfacesAdded", "oa{sa{sv}}", [path, interfaces])

    def remove(self, path: str, *interfaces: str) -> None:
        """Remove an object, if it exists."""
        if self.objects.pop(path, None) is not None:
            self._signal("/", OBJECTS, "InterfacesRemoved", "oas", [path, list(interfaces)])

    def change(self, path: str, interface: str, changed: dict[str, Variant]) -> None:
        """Change properties of an object."""
        self.objects[path][interface].update(changed)
        self._signal(path, PROPERTIES, "PropertiesChanged", "sa{sv}as", [interface, changed, []])

    def _get_managed_objects(self, message: Message) -> Message:
        return Message.new_method_return(message, "a{oa{sa{sv}}}", [self.objects])

    def _get(self, message: Message) -> Message:
        interface, name = message.body
        value = self.objects[message.path or ""][interface][name]
        return Message.new_method_return(message, "v", [value])

    def _get_all(self, message: Message) -> Message:
        properties = self.objects[message.path or ""][message.body[0]]
        return Message.new_method_return(message, "a{sv}", [properties])

    def _signal(
        self, path: str, interface: str, member: str, signature: str, body: list[Any]
    ) -> None:
        self._bus.send(Message.new_signal(path, interface, member, signature, body))
