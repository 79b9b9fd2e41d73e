"""What holds for every message, whatever people or their phones write."""

import itertools
import json
import random
import re
import sys
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.language import Kind, Reading, fold, has_private, mask, read
from tests.language.cases import EXAMPLES, MORE, Case, cases, got

AT = datetime.fromisoformat("2023-05-20T20:00")
ALL = list(cases(EXAMPLES, MORE))
CORPUS = Path(__file__).parent / "corpus" / "turns.jsonl"
PIECES = sorted({word for case in ALL for word in case.text.split()})

messages = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join),
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=4)), max_size=30).map("".join),
)


@settings(max_examples=400, deadline=None)
@given(messages)
def test_every_count_is_the_sum_of_its_parts(text: str) -> None:
    """No text raises; every count has parts in the text, and they add up to it."""
    reading = read(text, AT)
    json.dumps(reading.explain(text))
    for entry in reading.entries:
        assert entry.counts
        for outcome, n in entry.counts.items():
            parts = entry.parts[outcome]
            assert n == sum(part.n for part in parts)
            assert all(0 <= part.start < part.end <= len(text) for part in parts)
            assert n > 0 or (n == 0 and len(entry.counts) == 1)


def test_clauses_of_other_messages_raise_nothing() -> None:
    """What people really write, half of it from one message and half from another: each rule ends."""
    said = [json.loads(line)["text"] for line in CORPUS.read_text(encoding="utf-8").splitlines()]
    clauses = sorted({clause.strip() for text in said for clause in re.split(r"[,.;\n]", text) if clause.strip()})
    mixed = random.Random(7).sample(clauses, len(clauses))
    for one, other in itertools.pairwise(mixed):
        read(f"{one}, {other}", AT)


@settings(max_examples=200, deadline=None)
@given(messages)
def test_fields_fit_their_kind(text: str) -> None:
    """Undo, unclear and chat carry no entries and no day; unclear says why; the others have counts."""
    reading = read(text, AT)
    if reading.kind in (Kind.UNDO, Kind.UNCLEAR, Kind.CHAT):
        assert reading.entries == () and reading.day == 0 and reading.appointment is None
    else:
        assert reading.entries and reading.day <= 0
    assert (reading.why is not None) == (reading.kind is Kind.UNCLEAR)
    names = [entry.hamlet and fold(entry.hamlet) for entry in reading.entries]
    assert len(names) == len(set(names))


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(ALL), st.sampled_from(["dạ ", "Dạ em báo cáo ", "em báo cáo: "]))
def test_a_polite_start_changes_nothing(case: Case, start: str) -> None:
    """`dạ`, `em báo cáo` before a report change nothing."""
    if case.want[0] in ("report", "total") and not case.text.startswith(("1", "-", "+")):
        assert got(start + case.text, case.at) == got(case.text, case.at)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(ALL), st.sampled_from([" ạ", " 😊", " 🙏🙏", " 💪", "  ", "\u200b", " !"]))
def test_a_polite_end_or_an_emoji_changes_nothing(case: Case, end: str) -> None:
    """`ạ`, emoji and blanks after a message change nothing."""
    if not case.text.rstrip().endswith("?"):
        assert got(case.text + end, case.at) == got(case.text, case.at)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(ALL))
def test_extra_spaces_change_nothing(case: Case) -> None:
    """Blanks around and between words, also invisible ones, change nothing."""
    if not has_private(case.text):  # a phone number with two blanks inside is none
        assert got("  " + case.text.replace(" ", " \u200b  "), case.at) == got(case.text, case.at)


@pytest.mark.parametrize("change", [str.lower, str.upper], ids=["lower", "upper"])
def test_case_hardly_matters(change: object) -> None:
    """In one case throughout, names lose their capitals: more is asked, but nothing else is stored."""
    changed = [
        (case, got(str.lower(case.text) if change == str.lower else str.upper(case.text), case.at)) for case in ALL
    ]
    other = [(case.text, reading) for case, reading in changed if reading != case.want]
    stored = [text for text, reading in other if reading[0] in ("report", "total", "correct") and "Hai" not in text]
    assert len(other) <= 0.04 * len(ALL), other
    assert not [text for text in stored if "hai" not in fold(text).split()], stored


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(ALL), st.sampled_from(["cccd 001303000000", "sđt 0912 345 678", "0987.654.321"]))
def test_private_numbers_count_nothing(case: Case, private: str) -> None:
    """Raw or masked, an identity or phone number adds nothing to what is counted."""
    text = f"{case.text}\n{private}"
    assert got(text, case.at)[2] == got(mask(text), case.at)[2]


HOSTILE = ["a", "1 ", "1,", "v ", "kh3 ", "xóm 4 ", "nhà bà Lan 3, ", "hai mươi ", "mai 19h ", "không có ", "/", "😀"]
HOSTILE += ["\n1. nhà", "3/4 ", "chứ không phải 3 ", "sửa 3 thành 4, ", "0912 345 678 ", "trừ ", "ca\u030b", "khoa cu "]
HOSTILE += ["chở 2 cụ ", "hẹn ", "? ", "x" * 40 + " ", "\n1. " + "x" * 30, "bà cụ ", "đi nhầm "]


@pytest.mark.parametrize("piece", HOSTILE)
def test_no_message_takes_long(piece: str) -> None:
    """Twice the text is about twice the work, whatever it is made of; `make bench` says how long the worst takes."""
    _calls((piece * 4096)[:1024])  # what is made once, whoever is read first, is no work of these
    assert _calls((piece * 4096)[:4096]) <= 3 * _calls((piece * 4096)[:2048]) + 1000


def _calls(text: str) -> int:
    """How many functions are called to read a text."""
    calls = 0

    def count(frame: object, event: str, argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        reading: Reading = read(text, AT)
    finally:
        sys.setprofile(None)
    assert reading.kind in Kind
    return calls
