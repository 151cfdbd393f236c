"""Teaching: exercises as values, what is true computed when it is looked at, and feedback on answer and reasons.

It knows no widget; `netmeta.widgets.Exercise` shows an exercise.
"""

from netmeta.teaching.concepts import Concept
from netmeta.teaching.feedback import Answer, Feedback, respond
from netmeta.teaching.kinds import ChoiceAsked, IntervalAsked, NumberAsked, OrderAsked
from netmeta.teaching.lessons import LESSONS, Lesson, lesson, task
from netmeta.teaching.tasks import Reason, Task, Truth

__all__ = [
    "LESSONS",
    "Answer",
    "ChoiceAsked",
    "Concept",
    "Feedback",
    "IntervalAsked",
    "Lesson",
    "NumberAsked",
    "OrderAsked",
    "Reason",
    "Task",
    "Truth",
    "lesson",
    "respond",
    "task",
]
