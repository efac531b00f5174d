"""The words that show for a moment that an input was taken."""

from PySide6.QtCore import QObject

from gui.models.notices import Notice, Taken
from gui.models.questions import Question
from gui.pages.train.train_words import TrainWords
from gui.translations.decimals import plain


class NoticeWords(QObject):
    """Says what was taken; times and loads are written as ``words`` write them."""

    def __init__(self, words: TrainWords) -> None:
        super().__init__()
        self._words = words

    def text(self, notice: Notice, unit: str) -> str:
        """Return that an input was taken."""
        value = notice.value
        if notice.taken is Taken.ANSWER:
            return self._answer(notice.question, value)
        if notice.taken is Taken.MARK:
            return self.tr("marked at {time}").format(time=self._words.clock(value or 0.0))
        if notice.taken is Taken.LOAD:
            return self.tr("load {load}").format(load=self._words.load(value, unit))
        others = {
            Taken.REZERO_WAITS: self.tr("new zero: waits for the rest · Z cancels"),
            Taken.REZERO_CANCELLED: self.tr("no new zero"),
            Taken.REZEROED: self.tr("new zero taken"),
            Taken.ZERO_KEPT: self.tr("no new zero: the pose was not still or not neutral"),
        }
        return others[notice.taken]

    def _answer(self, question: Question | None, value: float | None) -> str:
        if value is None or question is None:
            return self.tr("noted: no answer")
        texts = {
            Question.SORENESS: self.tr("noted: soreness {value} of 10"),
            Question.RESERVE: self.tr("noted: {value} more possible"),
            Question.EXERTION: self.tr("noted: effort {value} of 10"),
        }
        return texts[question].format(value=plain(value))
