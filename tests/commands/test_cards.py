"""Codes to hand out: sheets of cards as they are printed, cut and scanned, and who still needs one."""

import csv
import io
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from fontTools.ttLib import TTFont

from bot.csvs import BOM
from bot.drawing import cards
from storage.engine.database import session
from tests.commands.test_command_line import ROOT, Shell
from tests.talk import CODES, ROSTER

WEB = "https://bacung.example.vn"
LISTED = {name: code for name, code in CODES.items() if code in ROSTER}
_DOTS = 2  # a point, as pages are looked at here
_POINTS = 72 / 25.4  # a millimetre


@dataclass
class Cut:
    """A card as it is after cutting: the words on it, and where its QR codes lead."""

    page: int
    words: list[str]
    links: list[str]


def cut(file: Path) -> list[Cut]:
    """The cards of a sheet, cut where its lines say."""
    document = pypdfium2.PdfDocument(file)
    return [one for page in range(len(document)) for one in _cut(document, page)]


def _cut(document: pypdfium2.PdfDocument, number: int) -> Iterator[Cut]:
    page = document[number]
    picture, words, height = page.render(scale=_DOTS).to_pil(), page.get_textpage(), page.get_height()
    for place in range(cards.CARDS_A_PAGE):
        x, y = (mm * _POINTS for mm in cards.corner(place))
        right, bottom = x + cards.WIDTH * _POINTS, y + cards.HEIGHT * _POINTS
        text = words.get_text_bounded(x, height - bottom, right, height - y).split("\r\n")
        found = zxingcpp.read_barcodes(picture.crop(tuple(round(at * _DOTS) for at in (x, y, right, bottom))))
        if text != [""] or found:
            yield Cut(number + 1, [line.strip() for line in text if line], [one.text for one in found])


def name_telegram(shell: Shell) -> None:
    """Tells the database the bot's name on Telegram, as a run of the bot does."""
    with session(shell.database) as tx:
        tx.run("INSERT INTO channels (name, username, state, detail, at) VALUES ('telegram', 'a_bot', 'up', '', 1)")


def join(shell: Shell, ref: str) -> None:
    """Lets somebody in on Telegram."""
    with session(shell.database) as tx:
        tx.run("INSERT INTO chats (id, channel, address, kind) VALUES (7, 'telegram', '7', 'private')")
        tx.run(
            """INSERT INTO identities (channel, sender, person, chat, joined_at)
               SELECT 'telegram', '7', id, 7, 1 FROM people WHERE ref = :ref""",
            ref=ref,
        )


@pytest.mark.parametrize("telegram", [False, True])
def test_each_card_is_one_persons(shell: Shell, telegram: bool) -> None:
    """After cutting, what is scanned on a card lets in the one whose name stands on it, and everybody has a card."""
    crowd = "".join(f"x{n},Lê Thị Hường {n},student,397,Đợt 1,SO-NGUOI-{n}\n" for n in range(10, 21))
    (shell.campaign / "roster.csv").write_text(ROSTER + crowd, encoding="utf-8")
    shell.out("load", str(shell.campaign))
    if telegram:
        name_telegram(shell)
    file = shell.folder / "codes.pdf"
    done = shell.run("codes", "--pdf", str(file), BACUNG_WEB__PUBLIC_URL=WEB)
    assert done.stdout == f"{file}: 20 people on 4 sheets, for its owner's eyes alone.\n", done.stderr
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    known = LISTED | {f"Lê Thị Hường {n}": f"SO-NGUOI-{n}" for n in range(10, 21)}
    found = cut(file)
    assert {one.words[0] for one in found} == set(known)
    for one in found:
        code = known[one.words[0]]
        ways = [f"https://t.me/a_bot?start={code}"] if telegram else []
        other = "nhắn mã này cho bot @a_bot" if telegram else f"mở {WEB}/vao rồi nhập mã"
        assert f"Không quét được thì {other}" in one.words
        assert one.links == [*ways, f"{WEB}/vao/{code}"]
        assert one.words.count(code) == 1
        assert not [other for other in known.values() if other != code and other in one.words]


def test_teams_are_apart_and_in_order(shell: Shell) -> None:
    """Who gives out a team's cards gets its sheets alone; there by given name, as in Vietnam."""
    names = ("Đỗ Văn Đạt", "Lê Ân", "Trần Thị An", "Bùi Dũng")
    lines = [f"z{n},{name},student,445,Đợt 1," for n, name in enumerate(names)]
    (shell.campaign / "roster.csv").write_text(ROSTER + "\n".join(lines) + "\n", encoding="utf-8")
    shell.out("load", str(shell.campaign))
    file = shell.folder / "codes.pdf"
    shell.out("codes", "--pdf", str(file))
    document = pypdfium2.PdfDocument(file)
    heads = [page.get_textpage().get_text_range().splitlines()[0] for page in document]
    titles = [re.split(r" \d+ người", head)[0] for head in heads]
    assert titles == ["Quản trị và cán bộ", "Xã Minh Phú · Đợt 1", "Xã Phú Minh · Đợt 1", "Xã Xuân Thu · Đợt 1"]
    assert [one.words[0] for one in cut(file) if one.page == 3] == ["Trần Thị An", "Lê Ân", "Bùi Dũng", "Đỗ Văn Đạt"]
    assert cut(file)[0].words[1] == "Quản trị · qt1"


def test_a_sheet_takes_the_place_of_a_sheet_alone(shell: Shell) -> None:
    """Never of the database or of another file; an older one that others could read is closed to them."""
    shell.out("load", str(shell.campaign))
    file = shell.folder / "codes.pdf"
    file.write_bytes(b"%PDF-1.4 older")
    file.chmod(0o644)
    shell.out("codes", "--pdf", str(file))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    other = shell.folder / "roster.csv"
    other.write_text("precious", encoding="utf-8")
    assert "is no PDF: give another name" in shell.refused("codes", "--pdf", str(other))
    assert "is the database" in shell.refused("codes", "--pdf", str(shell.database))
    assert "choose one" in shell.refused("codes", "--csv", "--pdf", str(file))
    assert other.read_text(encoding="utf-8") == "precious"
    assert sorted(one.name for one in shell.folder.glob("*.part")) == []


def test_who_has_not_joined(shell: Shell) -> None:
    """As lines with a count, as CSV, and as cards: those alone."""
    shell.out("load", str(shell.campaign))
    join(shell, "hv1")
    said = shell.out("codes", "--unjoined").splitlines()
    assert said[-1] == "8 of 9 have not joined yet."
    assert [line.split()[1] for line in said[:-1]] == ["qt1", "cb2", "cb1", "hv5", "tt2", "hv2", "hv3", "tt1"]
    rows = list(csv.DictReader(io.StringIO(shell.out("codes", "--unjoined", "--csv").removeprefix(BOM))))
    assert len(rows) == 8
    assert "hv1" not in {row["id"] for row in rows}
    file = shell.folder / "codes.pdf"
    shell.out("codes", "--unjoined", "--pdf", str(file))
    assert {one.words[0] for one in cut(file)} == set(LISTED) - {"An"}


def test_an_address_is_printed_whole(shell: Shell) -> None:
    """In smaller letters where it is long: one that is cut leads nowhere."""
    shell.out("load", str(shell.campaign))
    file, long = shell.folder / "codes.pdf", "https://chien-dich-vneid.conganhuyensocson.example.vn"
    done = shell.run("codes", "--pdf", str(file), BACUNG_WEB__PUBLIC_URL=long)
    assert done.returncode == 0, done.stderr
    assert all(any(f"mở {long}/vao rồi nhập mã" in word for word in one.words) for one in cut(file))


def test_cards_lead_only_where_phones_can_follow(shell: Shell) -> None:
    """An address of this machine alone is no link for a phone: it is left out where there is another, and told."""
    shell.out("load", str(shell.campaign))
    file = shell.folder / "codes.pdf"
    done = shell.run("codes", "--pdf", str(file))
    assert "no phone can follow these QR codes: set BACUNG_WEB__PUBLIC_URL" in done.stderr
    name_telegram(shell)
    done = shell.run("codes", "--pdf", str(file))
    assert "only QR codes to Telegram are drawn" in done.stderr
    assert cut(file)[0].links == ["https://t.me/a_bot?start=MA-CUA-LINH"]


@pytest.mark.parametrize("weight", ["Regular", "Bold"])
def test_the_font_has_every_letter(weight: str) -> None:
    """Of Vietnamese and of the peoples of the Central Highlands, in capitals, too."""
    marked = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđƀčĕĭñŏŭ" + "abcdefghijklmnopqrstuvwxyz"
    font = TTFont(ROOT / "bot" / "drawing" / "fonts" / f"NotoSans-{weight}.ttf")
    assert [
        letter for letter in marked + marked.upper() + "0123456789·…@" if ord(letter) not in font.getBestCmap()
    ] == []
