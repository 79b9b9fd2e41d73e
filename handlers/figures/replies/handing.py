"""What a question in words wants handed over: pictures, files, the link to the dashboard, when the bot writes."""

from dataclasses import replace

from handlers.figures.in_words import Asked, Measure, Span
from handlers.figures.replies import choosing
from handlers.figures.replies.heads import view_of, what_of
from handlers.figures.replies.subjects import Subject
from handlers.messages import Message, Reply, Saying
from handlers.turn import STUDENTS, Turn
from storage.reports import reports

FILES = {Measure.PICTURE: "tiendo", Measure.EXCEL: "xuat", Measure.LETTER: "baocaodot"}
HANDED = {  # whatever it is of
    **{Measure.DASHBOARD: "web", Measure.TIMES: "lichnhac", Measure.VISITS: "lichhen"},
    **{Measure.AUDIT: "nhatky", Measure.CODES: "taoma"},
}


def file(message: Message, turn: Turn, asked: Asked, subject: Subject) -> list[Saying]:
    """A picture or file is what its command answers, where there is one for this person here."""
    name = FILES[asked.measure]
    said = next((one for one in turn.known if name in one.commands), None)
    places = " ".join(place.code for place in subject.places) if not subject.whole and len(subject.places) == 1 else ""
    if said is not None and not said.may(turn.me):
        return [turn.say("in_words.not_for_you", what=asked.measure.value, examples=choosing.examples(turn))]
    if said is None or turn.run is None:
        return [turn.say("in_words.no_command", name=subject.name, what=asked.measure.value)]
    period = asked.period if asked.period is not None and asked.period.span is not Span.PHASE else None
    view = view_of(asked, subject)
    first = turn.say("in_words.understood_file", name=subject.name, what=what_of(asked, subject), period=period)
    return [first, *turn.run(" ".join(f"/{name} {places} {view}".split()), message)]


def handed(message: Message, turn: Turn, asked: Asked) -> list[Saying]:
    """What a command gives that is of no numbers, where it is for this person."""
    name = HANDED[asked.measure]
    command = next((one for one in turn.known if name in one.commands), None)
    if command is None or turn.run is None or not command.may(turn.me):
        return [turn.say("in_words.not_for_you", what=asked.measure.value, examples=choosing.examples(turn))]
    said = list(turn.run(f"/{name}", message))
    if asked.measure is Measure.TIMES and "will_remind" in asked.rules:
        return _whether_reminded(turn, said)
    return said


def _whether_reminded(turn: Turn, said: list[Saying]) -> list[Saying]:
    """`bot còn nhắc em nữa không`: who has reported is not reminded, which stands before the list."""
    first = said[0] if said else None
    if turn.me.role not in STUDENTS or not isinstance(first, Reply):
        return said
    reported = reports.has_any(turn.tx, turn.me.id, turn.work_day)
    told = turn.text("in_words.reminded", day=turn.work_day, reported=reported)
    return [replace(first, text=f"{told}\n\n{first.text}"), *said[1:]]
