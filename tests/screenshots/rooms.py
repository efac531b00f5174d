"""Draw the picture of the rooms in docs/architecture.svg from the imports.

Run as ``make picture``. The stack is the one that the import contracts in pyproject.toml enforce.
"""

import ast
import textwrap
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import grimp
import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch

ROOT = Path(__file__).parents[2]
PICTURE = ROOT / "docs" / "architecture.svg"
PACKAGES = ("gui", "processing", "sensor")
COLOURS = {"gui": "#dbe9fb", "processing": "#fde9cf", "sensor": "#dcf1de"}
WIDTH, ROOM_HEIGHT, ROW_GAP, PACKAGE_GAP = 100.0, 6.0, 3.2, 3.0


@dataclass(frozen=True)
class Room:
    """A room of the architecture, with its name, purpose and box in the picture."""

    name: str
    about: str
    files: int
    x: float
    y: float
    width: float


def layers(package: str) -> list[list[str]]:
    """Return the stack of ``package`` from the top down, from the import contracts."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    for contract in settings["tool"]["importlinter"]["contracts"]:
        if contract.get("containers") == [package]:
            return [row.split(" | ") for row in contract["layers"]]
    raise LookupError(f"no contract says how {package} is stacked")


def arrows(package: str) -> Counter[tuple[str, str]]:
    """Return how many imports go from one room of ``package`` to another."""
    graph = grimp.build_graph(*PACKAGES)
    found: Counter[tuple[str, str]] = Counter()
    for importer in graph.modules:
        for imported in graph.find_modules_directly_imported_by(importer):
            ends = importer.split(".")[:2], imported.split(".")[:2]
            if ends[0] != ends[1] and all(e[0] == package and len(e) > 1 for e in ends):
                found[ends[0][1], ends[1][1]] += 1
    return found


def about(package: str, name: str) -> tuple[str, int]:
    """Return the first sentence of a room's docstring, and how many files it has."""
    folder = ROOT / package / name
    files = sorted(folder.rglob("*.py")) if folder.is_dir() else [folder.with_suffix(".py")]
    file = folder / "__init__.py" if folder.is_dir() else files[0]
    text = ast.get_docstring(ast.parse(file.read_text("utf-8"))) or ""
    return text.partition("\n")[0].replace("``", ""), sum(f.name != "__init__.py" for f in files)


def rooms_of(package: str, top: float) -> list[Room]:
    """Return the rooms of ``package`` below ``top``, row by row."""
    rooms = []
    for row, names in enumerate(layers(package)):
        width = (WIDTH - 2.0 * (len(names) - 1)) / len(names)
        y = top - row * (ROOM_HEIGHT + ROW_GAP) - ROOM_HEIGHT
        for column, name in enumerate(names):
            text, files = about(package, name)
            rooms.append(Room(name, text, files, column * (width + 2.0), y, width))
    return rooms


def draw_room(axes: Axes, room: Room, colour: str) -> None:
    """Draw one box with its name and its sentence."""
    box = FancyBboxPatch(
        (room.x, room.y),
        room.width,
        ROOM_HEIGHT,
        boxstyle="round,pad=0,rounding_size=0.8",
        facecolor=colour,
        edgecolor="#44546a",
        linewidth=0.8,
        zorder=3,
    )
    axes.add_patch(box)
    middle = room.x + 0.5 * room.width
    files = f"{room.files} files" if room.files > 1 else "1 file"
    title = f"{room.name}  ({files})"
    axes.text(
        middle, room.y + 4.6, title, ha="center", va="center", size=9.5, weight="bold", zorder=4
    )
    text = textwrap.wrap(room.about, max(int(room.width * 1.5), 18), max_lines=2, placeholder=" …")
    axes.text(middle, room.y + 1.9, "\n".join(text), ha="center", va="center", size=6.8, zorder=4)


def draw_arrows(axes: Axes, rooms: Sequence[Room], counts: Counter[tuple[str, str]]) -> None:
    """Draw an arrow from each room to those that it uses; the more imports, the thicker."""
    places = {room.name: room for room in rooms}
    for index, ((importer, imported), count) in enumerate(sorted(counts.items())):
        start, end = places[importer], places[imported]
        # The ends are spread along the edges, to keep neighbouring arrows apart.
        share = 0.2 + 0.6 * ((index * 0.38196601) % 1.0)
        tail = start.x + share * start.width, start.y
        head = end.x + share * end.width, end.y + ROOM_HEIGHT
        axes.add_patch(
            FancyArrowPatch(
                tail,
                head,
                arrowstyle="-|>",
                mutation_scale=8,
                linewidth=0.5 + 0.12 * min(count, 20),
                color="#6b7b92",
                alpha=0.75,
                zorder=2,
            )
        )


def draw() -> Figure:
    """Draw the three packages, gui at the top."""
    # A fixed salt for the names inside the file, so that the same imports give the same bytes.
    mpl.rcParams.update({"svg.hashsalt": "toepoint", "svg.fonttype": "none"})
    rows = [len(layers(package)) for package in PACKAGES]
    height = sum(rows) * (ROOM_HEIGHT + ROW_GAP) + len(PACKAGES) * (PACKAGE_GAP + 2.0)
    figure = Figure(figsize=(10.0, 0.1 * height))
    axes = figure.add_axes((0.02, 0.01, 0.96, 0.98))
    axes.set(xlim=(-2.0, WIDTH + 2.0), ylim=(-height, 0.0))
    axes.axis("off")
    top = 0.0
    for package, count in zip(PACKAGES, rows, strict=True):
        text, _ = about(package, "__init__")
        axes.text(0.0, top - 1.6, f"{package}/", size=12, weight="bold", va="center")
        axes.text(WIDTH, top - 1.6, text, size=8, ha="right", va="center", style="italic")
        rooms = rooms_of(package, top - 4.0)
        draw_arrows(axes, rooms, arrows(package))
        for room in rooms:
            draw_room(axes, room, COLOURS[package])
        top -= 4.0 + count * (ROOM_HEIGHT + ROW_GAP) + PACKAGE_GAP - 2.0
    return figure


def main() -> None:
    """Write the picture and say how many arrows there are."""
    draw().savefig(PICTURE, metadata={"Date": None})
    for package in PACKAGES:
        found = arrows(package)
        print(
            f"{package}: {len(layers(package))} rows, {len(found)} arrows, {found.total()} imports"
        )
    print(PICTURE.relative_to(ROOT))


if __name__ == "__main__":
    main()
