"""The time of a visit that is put off, as people name it: what they leave out is as it was."""

from datetime import datetime

import pytest

from handlers.language.put_off import put_off

SENT = datetime(2023, 5, 20, 19, 30)  # noqa: DTZ001 - local, as people say it
TONIGHT, TOMORROW = SENT.replace(hour=20, minute=0), SENT.replace(day=21, hour=19, minute=0)


@pytest.mark.parametrize(
    ("text", "of_tonight", "of_tomorrow"),
    [
        ("dời sang mai", "21/05 20:00", "21/05 19:00"),
        ("doi sang mai", "21/05 20:00", "21/05 19:00"),
        ("dời hẹn bà Tư sang mai", "21/05 20:00", "21/05 19:00"),
        ("sáng mai", "21/05 08:00", "21/05 08:00"),
        ("20h30 nhé", "20/05 20:30", "21/05 20:30"),
        ("dời ông Tuấn sang 8h tối mốt", "22/05 20:00", "22/05 20:00"),
        ("1 tiếng nữa", "20/05 20:30", "20/05 20:30"),
        ("lùi 30 phút", "20/05 20:30", "21/05 19:30"),
        ("thứ 7 tuần sau", "27/05 20:00", "27/05 19:00"),
        ("ngày 25/5 lúc 19h", "25/05 19:00", "25/05 19:00"),
        ("hôm qua", None, None),
        ("bà Tư bận rồi", None, None),
        ("2 máy", None, None),
    ],
)
def test_when_it_is_instead(text: str, of_tonight: str | None, of_tomorrow: str | None) -> None:
    """Said at half past seven of a visit at eight, and of one tomorrow at seven; never a time that is past."""
    found = [put_off(text, SENT, was) for was in (TONIGHT, TOMORROW)]
    assert [one and f"{one:%d/%m %H:%M}" for one in found] == [of_tonight, of_tomorrow]
