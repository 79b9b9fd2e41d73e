"""What stands beside the work and counts nothing: ages, doors, times, models, plans, questions, courtesies."""

from random import Random

from tests.language.generating.spelling import CLOSE, numbered
from tests.language.generating.tables import asides
from tests.language.generating.voice import Voice

_MODELS = (
    "iPhone 7",
    "Samsung A52",
    "Oppo A5",
    "Nokia 1280",
    "Redmi Note 9",
    "Vivo Y12",
    "Samsung J7",
    "iPhone 12 Pro",
)
_STARTS = (
    ("", "", "em báo ", "báo cáo: ", "em báo cáo "),
    (
        "dạ ",
        "em báo ",
        "em báo cáo ",
        "em báo cáo: ",
        "anh ơi ",
        "chị ơi ",
        "bot ơi ",
        "dạ em báo ",
        "em gửi báo cáo: ",
    ),
    (
        "dạ em báo cáo ",
        "dạ em chào bot, ",
        "dạ em xin báo cáo: ",
        "kính gửi chị, ",
        "dạ thưa anh, ",
        "dạ em báo cáo anh ạ, ",
        "em chào anh, em báo cáo: ",
    ),
)
_ENDS = {
    "north": ("", " ạ", " nhé", " ạ 😊", " ạ. Em cảm ơn", "", " rồi ạ"),
    "centre": ("", " ạ", " hí", " nghe", " nghe anh", "", " ạ"),
    "south": ("", " ạ", " nha", " nghen", " nha bot", "", " đó ạ"),
}
_ADDRESS = (
    "hộ",
    "anh",
    "chị",
    "cô",
    "chú",
    "bác",
    "ông",
    "bà",
    "thím",
    "cậu",
    "dì",
    "dượng",
    "o",
    "u",
    "cụ",
    "mệ",
    "mụ",
    "mợ",
)
_SMILES = ("", "", "", "", "", " 😊", " 🙏", " 💪", " hihi", " hehe", "!")


class Beside:
    """Draws what a writer adds."""

    def __init__(self, rng: Random, voice: Voice) -> None:
        self.rng, self.voice = rng, voice
        self.traits: set[str] = set()

    def of_home(self, *, short: bool = False) -> str:
        """After somebody's name: an age, a door, a number that is masked. `short`: without a comma."""
        if self.voice.dictated:
            return ""
        return self._drawn([one for one in asides("home") if not (short and one[1].startswith(","))])

    def of_done(self) -> str:
        """After the counts of a home: how long it took, with what phone."""
        return "" if self.voice.dictated else self._drawn(list(asides("done")))

    def talk(self) -> str:
        """A message that tells of no work."""
        return self._drawn([one for where in ("start", "end") for one in asides(where) if one[0] != "complaint"])

    def framed(self, body: str, *, report: bool) -> str:
        """A body with courtesies, and now and then with talk before or after it."""
        before = self._before(body)
        after = self.rng.choice(_ENDS[self.voice.region]) if self.voice.polite else ""
        if body.endswith((CLOSE, " nha")) and after.startswith((" nha", " đó")):
            after = " ạ"  # unmarked `được 2 nha` are two homes, and `nha do` is a home
        after += self.rng.choice(_SMILES)
        if report and not body.startswith(("+", "-", "1")) and self.rng.random() < 0.1:
            before = f"{self._drawn(list(asides('start')))}{self.rng.choice((', ', '. '))}" + before
        if report and self.rng.random() < 0.14:
            sign = " " if after.endswith(("!", "😊", "💪", "🙏")) else self.rng.choice((", ", ". "))
            after = f"{after}{sign}{self._drawn(list(asides('end')))}"
        return before + body + after

    def _before(self, body: str) -> str:
        """Whom the message is for; `em báo anh Tư …` would be for Tư, and a list starts on a line of its own."""
        start = self.rng.choice(_STARTS[self.voice.polite])
        if start and body.startswith(("+", "-", "1")):
            return start.rstrip(" :,") + ":\n"
        addressed = body.split(" ", 1)[0] in _ADDRESS and start.endswith(("báo ", "cáo ", "ơi ", "dạ "))
        return "em báo: " if addressed else start

    def _drawn(self, choices: list[tuple[str, str]]) -> str:
        kind, text = self.rng.choice(choices)
        self.traits.add(f"beside {kind}")
        return text.format(**{key: numbered(one) for key, one in self._values().items()})

    def _values(self) -> dict[str, object]:
        draw = self.rng.randrange
        start = draw(17, 20)
        return {
            "age": draw(61, 94),
            "year": draw(1935, 2004),
            "door": draw(2, 140),
            "lane": draw(2, 90),
            "floors": draw(2, 6),
            "phone": f"09{draw(10**7, 10**8)}",
            "card": f"0{draw(10**10, 10**11)}",
            "h1": f"{start}h{self.rng.choice(('', '30'))}",
            "h2": f"{start + 2}h{self.rng.choice(('', '30'))}",
            "clock": f"{draw(18, 22)}h{draw(10, 60)}",
            "minutes": self.rng.choice((10, 15, 20, 30, 45)),
            "hours": draw(2, 4),
            "target": draw(3, 10) * 5,
            "left": draw(2, 9),
            "percent": draw(2, 19) * 5,
            "place": draw(1, 12),
            "km": draw(2, 8),
            "digit": draw(2, 9),
            "nth": draw(2, 4),
            "model": self.rng.choice(_MODELS),
        }
