"""The recipes for a sensor family: of one's own without an edit, and for everybody."""

from pathlib import Path

from tests.recipes.working_copy import Edit, Insertion, Replacement, WorkingCopy

EXAMPLE = Path(__file__).parents[1] / "sensor" / "families" / "own_family.py"
PACKAGE, MODULE = "sensor/families/__init__.py", "sensor/families/vole.py"

# The family that the contract tests register is called otter; this one has another name.
SOURCE = EXAMPLE.read_text("utf-8").replace("otter", "vole").replace("Otter", "Vole")
BUILT_IN: tuple[Edit, ...] = (
    Insertion(MODULE, SOURCE),
    Replacement(
        PACKAGE,
        "    thingy52,\n    witmotion,\n)\n",
        "    thingy52,\n    vole,\n    witmotion,\n)\n",
    ),
    Replacement(
        PACKAGE,
        "        thingy52,\n        witmotion,\n",
        "        thingy52,\n        vole,\n        witmotion,\n",
    ),
)

ASSEMBLED = """
import numpy as np
import toepoint

session = toepoint.simulate("protocol=B,sets=1,reps=1,seed=3,family=NAME")
assembler = toepoint.Assembler(session.header.sensors, session.header.start_ns)
blocks = [block for item in session.items for block in assembler.feed(item)]
acc = np.concatenate([block.acc for block in blocks])
statistics = assembler.statistics.values()
print(*{info.family for info in session.header.sensors})
print(len(acc) == sum(one.received for one in statistics) > 1000)
print(sum(one.malformed + one.lost for one in statistics))
print(abs(np.median(np.linalg.norm(acc, axis=1)) - 9.81) < 0.3)
"""
REGISTERED = f"from tests.sensor.families.own_family import FAMILY\n{ASSEMBLED}"


def test_a_family_of_ones_own_needs_one_call_and_no_edit(tmp_path: Path) -> None:
    copy = WorkingCopy.make(tmp_path)
    unknown = copy.failure("-c", ASSEMBLED.replace("NAME", "otter"))
    assert "family" in unknown.splitlines()[-1]
    call = "import toepoint\ntoepoint.register_family(FAMILY)\n"
    registered = REGISTERED.replace("import toepoint\n", call).replace("NAME", "otter")
    assert copy.output("-c", registered).split() == ["otter", "True", "0", "True"]
    assert copy.files_by_hand == set()


def test_a_family_for_everybody_is_a_module_and_its_name_in_a_list(tmp_path: Path) -> None:
    copy = WorkingCopy.make(tmp_path)
    copy.edit(BUILT_IN)
    made = copy.output("-c", ASSEMBLED.replace("NAME", "vole"))
    assert made.split() == ["vole", "True", "0", "True"]
    assert "Vole" in copy.output("-m", "toepoint", "sensors")
    contract = copy.output("-m", "pytest", "tests/sensor/families/test_contract.py", "-k", "vole")
    assert "passed" in contract
    assert "failed" not in contract
    assert copy.files_by_hand == {MODULE, PACKAGE}
