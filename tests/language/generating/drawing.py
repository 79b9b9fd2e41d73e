"""Draws what was done, as far as somebody in this manner can tell it without leaving two meanings open."""

from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from handlers.language import fold
from tests.language.generating.spelling import numbered
from tests.language.generating.tables import OUTCOMES, Hamlet, Name, named_hamlets, names
from tests.language.generating.truth import Deed, Home, Moment, Stretch, Truth, Visit
from tests.language.generating.voice import Voice, weighted

_FIRST_DAY = datetime.fromisoformat("2023-05-16")
_SHAPES = {"homes": 52, "sums": 16, "total": 10, "added": 6, "fixed": 5, "parts": 3, "last": 2, "none": 2, "talk": 4}
_FORMS = {
    "counts": 40, "alone": 26, "kin": 8, "size": 6, "of": 3, "whole": 4, "couple": 5, "away": 2, "people": 4, "each": 2,
}  # fmt: skip
_TITLES = {
    "north": ("bà", "ông", "bác", "cô", "chú", "anh", "chị", "cụ", "u", "thím"),
    "centre": ("bà", "ông", "o", "mệ", "bác", "chú", "anh", "chị", "dượng", "cụ", "mụ"),
    "south": ("bà", "ông", "dì", "chú", "cô", "anh", "chị", "dượng", "bác", "cậu", "mợ"),
}
_OTHER_WORDS = ("cô", "dì", "mợ", "cậu", "o", "u", "dượng", "mệ", "mụ", "anh", "chị")
_WOMEN, _MEN = ("chị", "cô", "bà"), ("anh", "ông", "chú")
_KIN = (
    "con trai",
    "con gái",
    "con dâu",
    "bà nội",
    "ông nội",
    "vợ",
    "chồng",
    "con rể",
    "cháu trai",
    "bà ngoại",
    "mẹ chồng",
)
_OLD = ("bà nội", "ông nội", "bà ngoại", "mẹ chồng")
_PLACES = (
    "nhà cuối ngõ",
    "nhà đầu ngõ",
    "nhà kế bên",
    "nhà đối diện",
    "nhà bên cạnh",
    "nhà trưởng thôn",
    "nhà cuối xóm",
)
_NUMBERED = {
    "north": ("xóm", "thôn", "tổ dân phố", "tổ", "khu", "đội", "xóm", "thôn"),
    "centre": ("thôn", "xóm", "tổ", "khu phố", "thôn"),
    "south": ("ấp", "khu phố", "tổ", "ấp", "khu", "xóm"),
}
_WORDS = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
_SURELY = (2, 4, 9, 10)  # unmarked `xom sau` and `xom nam` may be names
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


class Drawer:
    """Draws one truth for one writer; `traits` are the names of what is hard about it."""

    def __init__(self, rng: Random, voice: Voice, *, known: bool) -> None:
        self.rng, self.voice, self.known = rng, voice, known
        self.traits: set[str] = set()
        self.named: set[str] = set()

    def truth(self) -> Truth:
        """What one message tells."""
        shape = weighted(self.rng, _SHAPES)
        if shape == "parts" and self.voice.dictated:
            shape = "homes"
        at = self._at()
        self.at = at
        drawn: Truth = getattr(self, f"_{shape}")(at)
        return replace(drawn, traits=frozenset(self.traits | {f"shape {shape}"}))

    def _at(self) -> datetime:
        day = _FIRST_DAY + timedelta(days=self.rng.randrange(12))
        if self.rng.random() < 0.08:
            return day + timedelta(days=1, minutes=self.rng.randrange(10, 140))
        return day + timedelta(hours=17, minutes=30 + self.rng.randrange(330))

    # Names

    def _name(self, sorts: tuple[str, ...]) -> Name:
        return self.rng.choice([one for one in names() if one.sort in sorts and one.text not in self.named])

    def person(self, *, old: bool = False) -> str:
        """Somebody, with a form of address."""
        sorts = ["plain", "plain"]
        if not self.voice.words:
            sorts.append("number")
        if self.voice.tells_names:
            sorts += ["work", "full"]
        elif self.voice.capitals:
            sorts.append("full")
        name = self._name((self.rng.choice(sorts),))
        while self.voice.words and name.text.split()[-1].lower() in _WORDS:
            name = self._name(("plain",))  # `Danh Mười một máy`
        self.named.add(name.text)
        self.traits.add(f"name {name.sort}")
        title = self.rng.choice(_TITLES[self.voice.region])
        if name.sort == "number" and self.voice.marks in ("bare", "half") and title in _OTHER_WORDS:
            title = self.rng.choice(("bà", "ông", "bác", "chú"))  # unmarked `mo bay`, `co chin` may be numbers
        if name.sort == "full":
            title = self.rng.choice(_of_their_sex(name.text))
        if old:
            title = self.rng.choice(("cụ", "bà", "ông"))
        return f"{title} {name.text}"

    def home(self) -> Home:
        """A home by who lives there, by its number or by where it is."""
        draw = self.rng.random()
        if draw < 0.84:
            who = self.person()
            return Home(who, f"{'hộ' if self.rng.random() < 0.08 else 'nhà'} {who}")
        if draw < 0.93:
            self.traits.add("home by number")
            return Home(None, f"{self.rng.choice(('nhà số', 'số nhà'))} {numbered(self.rng.randrange(2, 140))}", True)
        self.traits.add("home by place")
        place = self.rng.choice(_PLACES)
        return Home(None, place, place.endswith("thôn"))  # a number after it might be the hamlet's

    def hamlet(self) -> Hamlet:
        """A hamlet by number or by name."""
        draw = self.rng.random()
        kind = self.rng.choice(_NUMBERED[self.voice.region])
        if draw < 0.55:
            n = self.rng.randrange(1, 19)
            return Hamlet(kind, str(n), "digits", str(n))
        n = self.rng.randrange(1, 11)
        if draw < 0.62 and (self.voice.marks == "full" or (self.voice.marks == "bare" and n in _SURELY)):
            self.traits.add("hamlet in words")
            return Hamlet(
                kind, "tư" if n == 4 and draw < 0.58 and self.voice.marks == "full" else _WORDS[n - 1], "words", str(n)
            )
        if draw < 0.66 and self.voice.capitals:
            self.traits.add("hamlet roman")
            return Hamlet(kind, _ROMAN[n - 1], "roman", str(n))
        sorts = ["plain", "plain"]
        if self.known or self.voice.tells_names:
            sorts += ["work", "work" if self.voice.dictated else "tail"]
        if self.voice.marks in ("telex", "vni"):
            sorts = ["plain"]
        if self.voice.tells_names and not self.voice.words:
            sorts.append("number")
        sort = self.rng.choice(sorts)
        raw = self.voice.marks in ("telex", "vni")
        fitting = [one for one in named_hamlets() if one.sort == sort and not (raw and _no_keys(one.name))]
        if not self.known:
            fitting = [one for one in fitting if self._told(one)]
        found = self.rng.choice(fitting)
        self.traits.add(f"hamlet {found.sort}{' known' if self.known else ''}")
        return found

    def _told(self, hamlet: Hamlet) -> bool:
        """Whether a hamlet that is on no list is surely one: unmarked `ban Lac` may be a friend called Lạc."""
        if hamlet.type.startswith("khu") and not self.voice.capitals:
            return False  # `khu bến đò` may be where the boats land
        return self.voice.marks == "full" or hamlet.type in ("thôn", "xóm")

    # Numbers and times

    def few(self, least: int = 1) -> int:
        """A number of phones or homes."""
        return max(least, self.rng.choice((1, 1, 1, 2, 2, 2, 3, 3, 4, 4, 5, 6, 7)))

    def moment(self) -> Moment:
        """A promised time, as it is said."""
        day = self.at - timedelta(days=self.at.hour < 4)
        day = day.replace(hour=0, minute=0)
        word, ahead = self._day_to_come(day)
        target = day + timedelta(days=ahead)
        part, hour = self.rng.choice((("sáng", 8), ("trưa", 12), ("chiều", 15), ("tối", 19)))
        draw = self.rng.random()
        if draw < 0.3:
            return Moment(f"{part} {word}", target.replace(hour=hour))
        if draw < 0.4:
            return Moment(word, target.replace(hour=19))
        if self.voice.words or draw < 0.55:
            clock = self.rng.randrange(7, 9)
            said = ("bảy", "tám")[clock - 7] + " giờ" if self.voice.words else f"{clock}h"
            return Moment(f"{said} tối {word}", target.replace(hour=clock + 12))
        clock, minute = self.rng.randrange(17, 22), self.rng.choice((0, 0, 0, 30, 15))
        said = f"{clock}h{minute:02}" if minute else f"{clock}h"
        return Moment(self.rng.choice((f"{said} {word}", f"{word} {said}")), target.replace(hour=clock, minute=minute))

    def _day_to_come(self, day: datetime) -> tuple[str, int]:
        draw = self.rng.random()
        if draw < 0.6:
            return "mai", 1
        if draw < 0.7:
            return "ngày kia" if self.voice.region == "north" else "ngày mốt", 2
        ahead = self.rng.randrange(2, 6)
        weekday = (day + timedelta(days=ahead)).weekday()
        return "chủ nhật" if weekday == 6 else f"thứ {weekday + 2}", ahead

    # Deeds

    def sums(self, most: int = 4) -> tuple[Deed, ...]:
        """Outcomes with their numbers."""
        if self.voice.dictated:
            most = 1
        others = self.rng.sample(OUTCOMES[1:], self.rng.choice((0, 1, 1, 2, 3)[: most + 1]))
        deeds = [Deed(outcome, self.few()) for outcome in others]
        if not deeds or self.rng.random() < 0.92:
            deeds.insert(0 if self.rng.random() < 0.8 else len(deeds), Deed("activated", self.few() + self.few() - 1))
        return tuple(deeds)

    def _at_home(self) -> tuple[Deed, ...]:
        """What happened at one home, by number."""
        if self.voice.dictated:
            return (Deed("activated", self.few()),)
        others = self.rng.sample(
            ("no_card", "no_phone", "failed", "refused", "already", "absent"), self.rng.choice((0, 0, 0, 1, 1, 2))
        )
        return (
            Deed("activated", self.few()),
            *(Deed(outcome, 1 if outcome == "absent" else self.few() % 3 + 1) for outcome in others),
        )

    def visit(self) -> Visit:
        """What happened at a home."""
        form = weighted(self.rng, _FORMS)
        if form not in ("counts", "alone", "away") and self.voice.dictated:
            form = "counts"  # whose are the phones of `hai máy ông nội đã có`? how many are `ông Vinh u Nghị`?
        self.traits.add(f"form {form}")
        home = self.home()
        if form in ("people", "each"):
            homes = tuple(Home(who, who) for who in (self.person() for _ in range(self.rng.choice((2, 2, 3)))))
            outcome = "activated" if form == "each" else self.rng.choice(("refused", "absent", "no_card", "activated"))
            return Visit(form, homes, (Deed(outcome, self.rng.choice((1, 1, 2)) if form == "each" else 1),))
        if form == "alone":
            return self._alone(home)
        if form == "kin":
            return Visit(form, (home,), (Deed("activated", self.few()), self._of_kin()))
        if form in ("size", "of"):
            done = self.few()
            return Visit(form, (home,), (Deed("activated", done),), done + self.rng.randrange(1, 4))
        if form in ("whole", "away"):
            return Visit(form, (home,), (Deed("activated" if form == "whole" else "absent"),), self.rng.randrange(2, 7))
        if form == "couple":
            who = self.person()
            outcome = self.rng.choice(("activated", "activated", "refused", "absent", "no_card", "already"))
            return Visit(form, (Home(who, who),), (Deed(outcome),))
        return Visit(form, (home,), self._at_home())

    def _of_kin(self) -> Deed:
        outcome = self.rng.choice(("absent", "no_card", "no_phone", "refused", "failed", "already"))
        return Deed(outcome, 1, self.rng.choice(_OLD if outcome == "no_phone" else _KIN))

    def _alone(self, home: Home) -> Visit:
        outcome = self.rng.choice((*OUTCOMES, "absent", "absent", "revisit"))
        if outcome == "assisted":
            who = self.person(old=True)
            home = Home(who, f"nhà {who}")
        if outcome not in ("absent", "revisit", "refused") and home.who is None:
            who = self.person()
            home = Home(who, f"nhà {who}")
        deeds = [Deed(outcome, time=self.moment() if outcome == "revisit" and self.rng.random() < 0.75 else None)]
        if outcome == "absent" and self.rng.random() < 0.15:
            deeds.append(Deed("revisit", time=self.moment()))
        return Visit("alone", (home,), tuple(deeds))

    # Messages

    def _homes(self, at: datetime) -> Truth:
        day, said = (0, "") if self.rng.random() < 0.9 or at.hour < 4 else (-1, "hôm qua")
        stretches = [Stretch(None, tuple(self.visit() for _ in range(self.rng.choice((1, 1, 1, 2, 2, 3)))))]
        if self.rng.random() < 0.6:
            stretches[0] = replace(stretches[0], hamlet=self.hamlet())
        if self.rng.random() < 0.15 and not self.voice.dictated:
            stretches.append(self._elsewhere(stretches[0].hamlet, (self.visit(),)))
        told = any(deed.outcome != "revisit" for one in stretches for visit in one.visits for deed in visit.deeds)
        if not told:
            day, said = 0, ""  # a home named only for an appointment makes no report of a sum (rule 9)
        return Truth("homes", "report", at, tuple(stretches), day, said)

    def _elsewhere(self, first: Hamlet | None, visits: tuple[Visit, ...]) -> Stretch:
        """The same writer in another hamlet."""
        while (hamlet := self.hamlet()).folded == (first.folded if first is not None else ""):
            pass
        self.traits.add("two hamlets")
        return Stretch(hamlet, visits)

    def _summed(self) -> tuple[Stretch, ...]:
        first = Stretch(self.hamlet() if self.rng.random() < 0.6 else None, (Visit("counts", (), self.sums()),))
        if first.hamlet is not None and self.rng.random() < 0.25:
            return first, self._elsewhere(first.hamlet, (Visit("counts", (), self.sums(2)),))
        return (first,)

    def _sums(self, at: datetime) -> Truth:
        stretches = self._summed()
        if len(stretches) == 1 and self.rng.random() < 0.2:
            self.traits.add("homes visited")
            counts = stretches[0].counts
            stretches = (replace(stretches[0], visited=sum(counts.values()) + self.rng.randrange(1, 4)),)
        return Truth("sums", "report", at, stretches)

    def _total(self, at: datetime) -> Truth:
        day, said = self._day_of_total(at)
        return Truth("total", "total", at, self._summed(), day, said)

    def _day_of_total(self, at: datetime) -> tuple[int, str]:
        late = at.hour < 4
        choices = [
            (0, "hôm nay"),
            (0, "hôm nay em"),
            (0, "tổng hôm nay"),
            (0, "tối nay em"),
            (0, "cả ngày"),
            (0, "chốt"),
            (0, "đến giờ em"),
            (0, "tổng kết hôm nay"),
            (0, "chốt hôm nay"),
        ]
        if not late:
            back = self.rng.randrange(1, 4)
            date = at - timedelta(days=back)
            choices += [(-1, "hôm qua"), (-1, "hôm qua em"), (-back, f"ngày {date.day}/{date.month}"), (-2, "hôm kia")]
        return self.rng.choice(choices)

    def _added(self, at: datetime) -> Truth:
        day, said = (0, "") if self.rng.random() < 0.7 or at.hour < 4 else (-1, "hôm qua")
        hamlet = self.hamlet() if self.rng.random() < 0.4 else None
        return Truth(
            "added",
            "report",
            at,
            (Stretch(hamlet, (Visit("counts", (), (Deed("activated", self.few()),)),)),),
            day,
            said,
        )

    def _fixed(self, at: datetime) -> Truth:
        deeds = (Deed("activated", self.few()),) if self.rng.random() < 0.6 else self._at_home()
        home = (self.home(),) if self.rng.random() < 0.7 else ()
        return Truth(
            "fixed",
            "correct",
            at,
            (Stretch(None, (Visit("counts", home, deeds),)),),
            before=deeds[0].n + self.rng.choice((1, 2)),
        )

    def _parts(self, at: datetime) -> Truth:
        visits = tuple(
            Visit("counts", (self.home(),), (Deed("activated", self.few()),)) for _ in range(self.rng.choice((2, 3)))
        )
        return Truth("parts", "report", at, (Stretch(self.hamlet() if self.rng.random() < 0.4 else None, visits),))

    def _last(self, at: datetime) -> Truth:
        n = self.few()
        return Truth(
            "last",
            "report",
            at,
            (Stretch(None, (Visit("counts", (), (Deed("activated", n),)),)),),
            before=n + self.rng.choice((1, 2)),
        )

    def _none(self, at: datetime) -> Truth:
        hamlet = self.hamlet() if self.rng.random() < 0.3 else None
        return Truth("none", "report", at, (Stretch(hamlet, ()),))

    def _talk(self, at: datetime) -> Truth:
        return Truth("talk", "chat", at)


def _no_keys(name: str) -> bool:
    """Whether keys that became no letters cannot be told from letters: `Ea Sar`, `Pom Coọng`, `Ako Dhông`."""
    plain = fold(name)
    return any(word[-1] in "sfrxjw" for word in plain.split()) or any(
        strange in plain for strange in ("oo", "dh", "ko ")
    )


def _of_their_sex(name: str) -> tuple[str, ...]:
    words = name.split()
    if any(word in ("Thị", "Mùi", "Neáng") for word in words) or "H'" in name:
        return _WOMEN
    return _MEN if words[0] == "Y" or "Văn" in words or "A" in words else _WOMEN + _MEN
