"""The watch on sensors on a table: which of the six faces is next."""

from dataclasses import replace

from sensor.accelerometer.six_faces import FACES, SixFaces
from sensor.accelerometer.trim import AccTrim, without_trims
from sensor.assembler import Assembler
from sensor.sources import Source
from sensor.types import Segment, SensorInfo


class FacesWatch:
    """A run of a source until every sensor has lain on its six faces, or the source ends.

    Attributes
    ----------
    sensors
        The sensors of the source.
    """

    def __init__(self, source: Source) -> None:
        self.sensors: tuple[SensorInfo, ...] = ()
        self._source = source
        self._faces: dict[Segment, SixFaces] = {}
        self._created_utc = ""

    async def run(self) -> None:
        """Watch and print."""
        # An earlier trim of the device must not be in the samples that are measured now.
        header = without_trims(await self._source.open())
        self.sensors = header.sensors
        self._created_utc = header.created_utc
        self._faces = {s.segment: SixFaces(s.settings.rate_hz) for s in self.sensors}
        assembler = Assembler(header.sensors, header.start_ns)
        print("lay each sensor on one of its six faces and let go of it, then on the next")
        try:
            async for item in self._source.stream():
                for block in assembler.feed(item):
                    for face in self._faces[block.segment].add(block):
                        print(f"{face.t:7.1f} s  {block.segment} sensor: {face.detail}", flush=True)
                # A live source never ends by itself.
                if not any(faces.missing for faces in self._faces.values()):
                    break
        finally:
            await self._source.close()

    def has_spare_poses(self, sensor: SensorInfo) -> bool:
        """Return whether there are more poses than numbers to fit: only then a misfit means something."""
        return len(self._faces[sensor.segment].poses) > len(FACES)

    def trim(self, sensor: SensorInfo) -> AccTrim:
        """Return the trim that was found for ``sensor``.

        Raises
        ------
        FacesError
            If a face is missing or the sensor was not at rest.
        """
        return replace(self._faces[sensor.segment].trim(), created_utc=self._created_utc)
