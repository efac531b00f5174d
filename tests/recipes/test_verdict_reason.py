"""The recipe for a verdict reason: a hold at the top that is shorter than the tempo asks for."""

import shutil
from pathlib import Path

import pytest

from tests.recipes.working_copy import ROOT, Edit, Insertion, Replacement, WorkingCopy

REASONS, CHECKS = "processing/judge/reasons.py", "processing/judge/checks.py"
EXERCISE = "processing/exercises/exercise.py"
LEG_CURL = "processing/exercises/leg_curl.toml"
ENGLISH, GERMAN = "gui/texts/en_verdicts.py", "gui/texts/de_verdicts.py"
EXAMPLES = "tests/gui/texts/test_verdict_texts.py"

REASON: tuple[Edit, ...] = (
    Insertion(REASONS, '    TOP_HOLD = "top hold"\n', after='TOP_PAUSE = "top pause"'),
    Replacement(
        REASONS,
        "@dataclass(frozen=True, slots=True)\nclass RestedAtBottom:",
        '''@dataclass(frozen=True, slots=True)
class HeldBriefly:
    """Duration of the hold at the top, where the tempo asks for one."""

    check = CheckKey.TOP_HOLD
    correction = Correction.SLOWER
    fault = Fault.TOO_SLOW
    seconds: float
    target_s: float


@dataclass(frozen=True, slots=True)
class RestedAtBottom:''',
    ),
    Insertion(REASONS, "    | HeldBriefly\n", after="    | RestedAtTop"),
)
CHECK: tuple[Edit, ...] = (
    Replacement(EXERCISE, '"top pause", ', '"top pause", "top hold", '),
    Replacement(LEG_CURL, '"top pause", ', '"top pause", "top hold", '),
    Insertion(CHECKS, "    HeldBriefly,\n", after="    FewSamples,"),
    Replacement(
        CHECKS, "_pauses, _lift, _return, _knee", "_pauses, _top_hold, _lift, _return, _knee"
    ),
    Replacement(
        CHECKS,
        "def _pause(reason: Reason",
        """def _top_hold(_rep: Rep, measures: RepMeasures, target: Target) -> Iterable[Check]:
    if target.tempo is None or target.tempo.top_s == 0.0:
        return
    wanted = target.tempo.top_s
    reason = HeldBriefly(measures.top_s, wanted)
    yield _at_least(reason, measures.top_s, "s", (0.75 * wanted, 0.5 * wanted))


def _pause(reason: Reason""",
    ),
)


def sentence(path: str, words: str) -> tuple[Edit, ...]:
    """Return the edits that give the reason its sentence in one language."""
    case = (
        f"        case HeldBriefly(seconds=seconds, target_s=target):\n            return {words}\n"
    )
    return (
        Insertion(path, "    HeldBriefly,\n", after="    FewSamples,"),
        Insertion(path, case, after="            return withheld(why)"),
    )


IN_ENGLISH = sentence(ENGLISH, 'f"held {seconds:.1f} s at the top, target {target:g} s"')
IN_GERMAN = sentence(GERMAN, 'f"oben {decimal(seconds)} s gehalten, Ziel {plain(target)} s"')

JUDGED = """
from pathlib import Path
from dataclasses import replace
from gui.console.tables import print_analysis
from gui.sound.pack import load_pack
from gui.texts.catalogue import GERMAN
from gui.texts.exports import WORDING
from processing.judge.reasons import HeldBriefly
from processing.output.report import write_report
from processing.output.summary import summarise
from processing.review.analysis import analyse
from processing.review.judged_sets import judge_sets
from sensor.simulation import save_session, simulate
from sensor.types import Event, EventKind

simulated = simulate("protocol=B,sets=1,reps=2,seed=5,spread_percent=0,top_s=0.4")
items = tuple(
    replace(item, data={**item.data, "tempo": "4-0-1-2"})
    if isinstance(item, Event) and item.kind == EventKind.SET_START else item
    for item in simulated.items
)
path = Path("session.mcap")
save_session(replace(simulated, items=items), path)
analysis = analyse(path)
print_analysis(summarise(analysis, WORDING, None))
page, _ = write_report(Path("report"), analysis, "session", WORDING)
print("report:", page.read_text("utf-8").count("s at the top, target 2 s"))
for verdict in judge_sets(analysis)[0].verdicts:
    assert isinstance(verdict.reason, HeldBriefly), verdict.reason
    word = verdict.reason.correction
    print("German:", GERMAN.verdicts.reason(verdict.reason), "/", GERMAN.verdicts.correction(word))
    print("voice:", len(load_pack("de", 16_000).clip(word.value)) > 0)
"""
UNSPOKEN = """
from gui.texts.catalogue import GERMAN
from processing.judge.reasons import HeldBriefly
GERMAN.verdicts.reason(HeldBriefly(0.4, 2.0))
"""


def test_a_reason_is_judged_printed_reported_and_spoken(tmp_path: Path) -> None:
    copy = WorkingCopy.make(tmp_path)
    copy.edit((*REASON, *CHECK, *IN_ENGLISH, *IN_GERMAN))
    copy.output("-m", "processing.output.schema")
    assert '"top hold"' in (copy.root / "docs" / "analysis.schema.json").read_text("utf-8")
    printed = copy.output("-c", JUDGED)
    console, _, rest = printed.partition("report: ")
    assert console.count("s at the top, target 2 s") == 2
    assert rest.splitlines()[0] == "2"
    assert rest.count(" s gehalten, Ziel 2 s / langsamer") == 2
    assert rest.count("voice: True") == 2
    # A new check is one that an exercise may ask for, and that the leg curl does ask for.
    by_exercise = {EXERCISE, LEG_CURL}
    assert copy.files_by_hand == {REASONS, CHECKS, ENGLISH, GERMAN} | by_exercise


def test_a_reason_without_a_sentence_or_an_example_is_refused(tmp_path: Path) -> None:
    copy = WorkingCopy.make(tmp_path)
    copy.edit((*REASON, *IN_ENGLISH))
    refused = copy.failure("-m", "pytest", EXAMPLES)
    assert "HeldBriefly" in refused
    assert "1 failed" in refused
    assert "Expected code to be unreachable" in copy.failure("-c", UNSPOKEN)


@pytest.mark.slow
def test_the_type_checker_names_the_language_that_lacks_a_sentence(tmp_path: Path) -> None:
    copy = WorkingCopy.make(tmp_path)
    copy.edit((*REASON, *IN_ENGLISH))
    known = ROOT / ".mypy_cache"
    if known.exists():  # From `make check`: mypy reads again only what differs.
        shutil.copytree(known, tmp_path / known.name)
    found = copy.failure("-m", "mypy", ENGLISH, GERMAN)
    assert "Found 1 error in 1 file" in found
    assert GERMAN in found
    assert "HeldBriefly" in found
