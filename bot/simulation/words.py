"""How students write of a home at its gate: each in a manner of their own. Residents are made up."""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from random import Random

from bot.simulation.truth import Done

_DONE = (
    *("được {n}", "được {n} máy", "{n} máy", "xong {n} máy", "kích hoạt {n} máy", "cài xong {n} máy"),
    *("làm được {n} máy", "kích hoạt được {n} máy", "{n} máy xong", "cài được {n} máy", "kích hoạt thành công {n} máy"),
)
_DONE_SHORT = ("dc {n}", "kh {n}", "đc {n} máy", "{n} tk xong", "dc {n} may")
_AT_HOME = {
    "absent": ("vắng {n}",),
    "refused": ("{n} người từ chối", "từ chối {n}", "{n} người chưa đồng ý"),
    "no_phone": ("{n} cụ không có điện thoại", "{n} người không có điện thoại thông minh", "{n} cụ dùng máy cục gạch"),
    "no_card": ("{n} người chưa có căn cước", "{n} người căn cước hết hạn", "{n} người mất căn cước"),
    "already": ("{n} người đã có tài khoản", "{n} người có rồi", "{n} người đã có"),
    "failed": ("{n} máy lỗi", "{n} máy không cài được", "{n} máy bị lỗi", "{n} người quên mật khẩu"),
}
_OTP = ("{n} máy không nhận được OTP", "{n} máy lỗi OTP", "{n} máy không nhận được mã OTP")
_IN_SUMS = {
    **_AT_HOME,
    "absent": ("{n} nhà vắng", "vắng {n} nhà", "{n} nhà khóa cửa", "{n} nhà đi vắng", "vắng {n}"),
    "refused": ("{n} nhà từ chối", "từ chối {n}", "{n} người không đồng ý"),
    "revisit": ("hẹn lại {n} nhà", "{n} nhà hẹn lại", "hẹn lại {n}"),
    "assisted": ("đưa {n} cụ ra xã làm căn cước", "chở {n} cụ ra xã làm căn cước"),
}
_ALONE = {
    "absent": ("{home} đi vắng", "{home} vắng", "{home} khóa cửa", "{home} không có ai ở nhà"),
    "refused": ("{home} từ chối", "{home} không đồng ý", "{home} chưa đồng ý"),
    "revisit": ("{home} hẹn lại", "{home} hẹn 19h mai", "{home} hẹn tối mai", "{home} hẹn mai quay lại"),
    "no_phone": ("{home} không có điện thoại thông minh", "{home} không có smartphone"),
    "no_card": ("{home} chưa có căn cước",),
    "already": ("{home} đã có tài khoản rồi", "{home} có rồi"),
}
_TITLES = ("bà", "ông", "bác", "cô", "chú", "anh", "chị", "cụ", "thím")
_NAMES = (
    *("Lan", "Hoa", "Cường", "Thủy", "Dũng", "Hạnh", "Liên", "Thoa", "Khuê", "Toản", "Phượng", "Hùng", "Tuyết", "Quế"),
    *("Nhàn", "Thịnh", "Vượng", "Oanh", "Sửu", "Dần", "Tý", "Tám", "Năm", "Tư", "Sáu", "Bảy", "Út", "Thành", "Xuân"),
    *("Nga", "Khanh", "Điệp", "Luận", "Vinh", "Đức", "Tâm", "Hậu", "Gấm", "Thơm", "Mùi", "Kiên", "Quyết", "Bình"),
    *("Minh Thư", "Văn Lộc", "Thị Nhài", "Đình Tú", "Hồng Nhung", "Bá Kiểm"),
)
_ASIDES = ("", "", "", "", "", "", " ạ", " nhé", " nha bot", " rồi ạ")
_BEFORE = ("", "", "", "", "", "", "", "dạ ", "em báo ", "bot ơi ")
_WORDS = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
TALK = ("ok", "dạ", "cảm ơn bot", "mưa to quá", "đang đi bộ sang nhà tiếp theo", "ok bot", "vâng ạ", "👍")


@dataclass(frozen=True, slots=True)
class Manner:
    """How somebody writes. `short`: in shorthand; `words`: small numbers in words; `sums`: a hamlet a message."""

    bare: bool  # without diacritics
    small: bool  # without capitals
    short: bool
    words: bool
    sums: bool
    polite: bool

    @classmethod
    def drawn(cls, rng: Random) -> "Manner":
        """Somebody's."""
        bare = rng.random() < 0.4
        return cls(
            bare=bare,
            small=rng.random() < 0.7,
            short=rng.random() < 0.35,
            words=not bare and rng.random() < 0.1,
            sums=rng.random() < 0.15,
            polite=rng.random() < 0.4,
        )


class Writer:
    """Writes in one manner."""

    def __init__(self, rng: Random, manner: Manner) -> None:
        self.rng, self.manner = rng, manner

    def resident(self, named: Collection[str]) -> str:
        """Somebody's home: `nhà bà Lan`; of nobody who is called by one of these names."""
        name = self.rng.choice([one for one in _NAMES if one.rpartition(" ")[2] not in named])
        return f"nhà {self.rng.choice(_TITLES)} {name}"

    def of_home(self, home: str, hamlet: str, done: tuple[Done, ...], *, otp: bool = False) -> str:
        """What was done at a home. `otp`: what failed did so for want of the code."""
        place = f" {hamlet}" if hamlet else ""
        if len(done) == 1 and done[0].outcome in _ALONE and done[0].n == 1:
            said = self.rng.choice(_ALONE[done[0].outcome]).format(home=home + place)
            return self._written(said)
        counts = ", ".join(self._count(one, otp=otp) for one in done)
        if not place and len(done) == 1 and self.rng.random() < 0.12:
            return self._written(f"{counts} {home}")
        if place and self.rng.random() < 0.3:
            return self._written(f"{hamlet} {home} {counts}")
        return self._written(f"{home}{place}{self.rng.choice((' ', ' ', ': ', ', '))}{counts}")

    def of_homes(self, told: list[tuple[str, Done]]) -> str:
        """Two homes or more in one message."""
        return self._written(", ".join(f"{home} {self._number(one.n)} máy" for home, one in told))

    def of_hamlet(self, hamlet: str, done: tuple[Done, ...]) -> str:
        """A sum of some homes."""
        counts = [self.rng.choice(self._ways(one, _IN_SUMS)).format(n=self._number(one.n)) for one in done]
        return self._written(f"{hamlet}{self.rng.choice((' ', ' ', ': '))}{', '.join(counts)}")

    def of_day(self, total: int) -> str:
        """The sum of the day so far."""
        said = self.rng.choice(
            ("hôm nay được {n}", "hôm nay em được {n} máy", "cả ngày được {n} máy", "tổng hôm nay {n} máy")
        )
        return self._written(said.format(n=total), plain=True)

    def of_yesterday(self, home: str, n: int) -> str:
        """What was forgotten yesterday."""
        said = self.rng.choice(
            ("tối qua {home} được {n} máy", "hôm qua {home} {n} máy", "hôm qua em quên báo {home} {n} máy")
        )
        return self._written(said.format(home=home, n=n), plain=True)

    def second_thought(self, wrong: int, right: int) -> str:
        """A number put right in words."""
        ways = (
            "nhầm, {right} chứ không phải {wrong}",
            "nhầm, {right} máy",
            "sửa lại {right} máy",
            "à {right} máy mới đúng",
        )
        return self._written(self.rng.choice(ways).format(right=right, wrong=wrong), plain=True)

    def vague(self, n: int) -> str:
        """A number that is none."""
        return self._written(self.rng.choice(("khoảng {n} máy", "tầm {n} máy", "chắc {n} máy")).format(n=n), plain=True)

    def _ways(self, one: Done, table: dict[str, tuple[str, ...]], *, otp: bool = False) -> tuple[str, ...]:
        if one.outcome == "activated":
            return _DONE_SHORT if self.manner.short and self.rng.random() < 0.5 else _DONE
        return _OTP if otp and one.outcome == "failed" else table[one.outcome]

    def _count(self, one: Done, *, otp: bool) -> str:
        return self.rng.choice(self._ways(one, _AT_HOME, otp=otp)).format(n=self._number(one.n))

    def _number(self, n: int) -> str:
        return _WORDS[n - 1] if self.manner.words and 0 < n <= len(_WORDS) else str(n)

    def _written(self, text: str, *, plain: bool = False) -> str:
        if self.manner.polite and not plain:
            text = f"{self.rng.choice(_BEFORE)}{text}{self.rng.choice(_ASIDES)}"
        if self.manner.bare:
            text = without_marks(text)
        return text.lower() if self.manner.small else text[:1].upper() + text[1:]

    def talk(self) -> str:
        """Something that reports nothing."""
        return self.rng.choice(TALK)


def without_marks(text: str) -> str:
    """`nhà bà Lan được 3` → `nha ba Lan duoc 3`."""
    letters = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return re.sub(r"[\u0300-\u036f]", "", letters)
