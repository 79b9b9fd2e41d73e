"""What happened at a home, in a writer's words."""

from collections.abc import Callable
from random import Random

from tests.language.generating.beside import Beside
from tests.language.generating.counting import Teller
from tests.language.generating.spelling import CLOSE, numbered
from tests.language.generating.tables import Saying, alone
from tests.language.generating.truth import Deed, Home, Visit
from tests.language.generating.voice import Voice

_EACH = ("mỗi người {n} máy", "mỗi nhà {n} máy")
_ALL_DONE = (
    "{home} {n} người xong hết",
    "{home} {n} người xong cả {n}",
    "{home} có {n} người, đủ {n}",
    "{home} {n} người đều xong hết",
    "{home} {n} người kích hoạt xong cả",
)
_ALL_AWAY = ("{home} {n} người đi vắng cả", "{home} {n} người đi vắng hết")
_SIZED = (
    "{home} {size} người, được {n}",
    "{home} có {size} người, kích hoạt được {n} máy",
    "{home} {size} người, làm được {n} máy",
    "{home} {size} nhân khẩu, được {n} máy",
    "{home} có {size} người, xong {n} máy",
)
_OF = ("{home} được {n}/{size}", "{home} xong {n}/{size} người", "{home} kích hoạt {n}/{size} người")
_COUPLES = {
    "activated": ("hai vợ chồng {who} xong", "vợ chồng {who} xong cả hai", "hai vợ chồng {who} đều xong"),
    "refused": ("hai vợ chồng {who} từ chối", "hai vợ chồng {who} đều không đồng ý"),
    "absent": ("hai vợ chồng {who} đi vắng", "vợ chồng {who} đi vắng"),
    "no_card": ("hai vợ chồng {who} chưa có căn cước",),
    "already": ("hai vợ chồng {who} đã có từ trước", "hai vợ chồng {who} có tài khoản rồi"),
}
_PEOPLE = {
    "refused": ("từ chối", "đều từ chối", "không đồng ý"),
    "absent": ("đi vắng", "vắng nhà"),
    "no_card": ("chưa có căn cước", "đều chưa có căn cước"),
    "activated": ("xong", "xong rồi", "đều xong"),
}


class Homes:
    """Tells of homes, each form of a visit by a method of its name."""

    def __init__(self, rng: Random, voice: Voice, teller: Teller, beside: Beside) -> None:
        self.rng, self.voice, self.teller, self.beside = rng, voice, teller, beside

    def told(self, visit: Visit, tail: str = "") -> str:
        """What happened at a home; `tail` says where that home is (` xóm 4`)."""
        tell: Callable[[Visit, str], str] = getattr(self, f"_{visit.form}")
        return tell(visit, tail)

    def _between(self, *signs: str) -> str:
        """One of some signs; a dictated message has none."""
        return " " if self.voice.dictated else self.rng.choice(signs)

    def _counts(self, visit: Visit, tail: str) -> str:
        home = visit.homes[0]
        behind = len(visit.deeds) == 1 and not tail and not home.ends_in_number and not self.voice.dictated
        if behind and self.rng.random() < 0.15:
            said = self.teller.counts(visit.deeds, at_home=True, leads=True)
            return f"{said} {'ở ' if said.endswith(CLOSE) else self.rng.choice(('', 'ở '))}{home.home}"
        named = home.who if home.who and not tail and self.rng.random() < 0.12 else home.home
        aside = self.beside.of_home() if home.who is not None and self.rng.random() < 0.12 else ""
        sign = self._between(": ", ", ", " ", " ", " ", " ")
        if aside.startswith(",") and sign == " ":
            sign = ", "
        told = f"{named}{aside}{tail}"
        leads = sign != " " or not (told.endswith(CLOSE) or tail)
        done = self.beside.of_done() if self.rng.random() < 0.08 else ""
        return told + sign + self.teller.counts(visit.deeds, at_home=True, leads=leads) + done

    def _alone(self, visit: Visit, tail: str) -> str:
        home, deed = visit.homes[0], visit.deeds[0]
        said = self._lone(home, deed, tail)
        if len(visit.deeds) > 1 and visit.deeds[1].time is not None:
            return f"{said}, hẹn {visit.deeds[1].time.words}"
        return said

    def _lone(self, home: Home, deed: Deed, tail: str = "") -> str:
        text = self.rng.choice(
            [one.text for one in alone() if one.outcome == deed.outcome and self._fits(one, home, deed)]
        )
        time = deed.time.words if deed.time is not None else ""
        named = home.who is not None and deed.who is None
        aside = self.beside.of_home(short=True) if named and self.rng.random() < 0.08 else ""
        who = home.who if named else home.home
        return text.format(home=home.home + tail + aside, who=f"{who}{tail}{aside}", time=time)

    def _fits(self, saying: Saying, home: Home, deed: Deed) -> bool:
        """Whether this is said of that home, by this writer, and without a sign where none is set."""
        if not self.teller.fits(saying) or ("{time}" in saying.text) is not (deed.time is not None):
            return False
        if home.who is None and saying.text.startswith("máy "):
            return False
        named_first = saying.text.startswith("{") or deed.outcome != "activated"
        return not self.voice.dictated or ("," not in saying.text and named_first)

    def _kin(self, visit: Visit, tail: str) -> str:
        first = self._counts(Visit("counts", visit.homes, visit.deeds[:1]), tail)
        kin = visit.deeds[1]
        assert kin.who is not None
        return first + self._between(", ", ", còn ", ", ") + self._lone(Home(kin.who, kin.who), kin)

    def _size(self, visit: Visit, tail: str) -> str:
        return self._sized(_SIZED, visit, tail)

    def _of(self, visit: Visit, tail: str) -> str:
        return self._sized(_OF, visit, tail, digits=True)

    def _whole(self, visit: Visit, tail: str) -> str:
        return self._sized(_ALL_DONE, visit, tail)

    def _away(self, visit: Visit, tail: str) -> str:
        return self._sized(_ALL_AWAY, visit, tail)

    def _sized(self, forms: tuple[str, ...], visit: Visit, tail: str, *, digits: bool = False) -> str:
        home = visit.homes[0]
        told, text = home.home + tail, self.rng.choice(forms)
        if home.ends_in_number or tail:
            told += ":" if digits else " có"
            text = text.replace("{home} có", "{home}")
        n = visit.deeds[0].n if visit.form in ("size", "of") else visit.size
        number: Callable[[int], str] = str if digits else self.teller.number
        text = text.format(home=told, n=number(n), size=number(visit.size))
        return text.replace(",", "") if self.voice.dictated else text

    def _couple(self, visit: Visit, tail: str) -> str:
        (home,), (deed,) = visit.homes, visit.deeds
        said = self.rng.choice(_COUPLES[deed.outcome]).format(who=f"{home.who}{tail}")
        return said.replace("hai vợ", f"{numbered('hai')} vợ", 1)

    def _people(self, visit: Visit, tail: str) -> str:
        return f"{self._listed(visit, ', ')}{tail} {self.rng.choice(_PEOPLE[visit.deeds[0].outcome])}"

    def _each(self, visit: Visit, tail: str) -> str:
        share = self.rng.choice(_EACH).format(n=self.teller.number(visit.deeds[0].n))
        return f"{self._listed(visit, ' với ')}{tail} {share}"

    def _listed(self, visit: Visit, *last: str) -> str:
        homes = [home.home for home in visit.homes]
        return ", ".join(homes[:-1]) + self.rng.choice((" với ", " và ", *last)) + homes[-1]
