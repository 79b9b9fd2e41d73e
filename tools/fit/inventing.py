"""Plain messages made of the commonest pieces: what everybody writes should never be in doubt. Never judged on."""

import random
from datetime import datetime
from itertools import zip_longest

from tools.fit.corpus import Row, judged

VOICE = "invented"
_AT = datetime(2023, 5, 20, 20, 0)  # noqa: DTZ001 - local, as in the corpus
_NAMES = [
    "Lan",
    "Tư",
    "Hòa",
    "Ba",
    "Sáu",
    "Mận",
    "Thắng",
    "Hiền",
    "Dũng",
    "Năm",
    "Cúc",
    "Phúc",
    "Lợi",
    "Bình",
    "Chín",
    "Hạnh",
    "Sơn",
    "Đào",
    "Út",
    "Bảy",
]
_TITLES = ["ông", "bà", "bác", "cô", "chú", "anh", "chị", "cụ", "dì", "thím"]
_HAMLETS = ["Xuân Tảo", "Đông Hạ", "Trung", "Đoài", "Yên Sào", "Phú Thọ", "Chùa"]
_TYPES = ["xóm", "thôn", "tổ", "khu", "ấp", "bản", "tdp", "đội"]
_DONE = ["được #", "đc # máy", "kích hoạt #", "kích hoạt được # máy", "xong # máy", "làm được # máy", "# máy", "kh #"]
_DONE += ["cài # máy", "làm xong #", "# ok", "được # máy", "# người xong", "kích hoạt thành công # tài khoản"]
_OTHERS = {
    "absent": ["vắng #", "# nhà vắng", "# nhà đi vắng", "v #", "# hộ khóa cửa", "# nhà không có ai"],
    "refused": ["từ chối #", "# người từ chối", "tc #", "# bác không đồng ý", "# nhà không chịu"],
    "failed": ["lỗi #", "# máy lỗi", "# máy không nhận được mã", "# bác quên mật khẩu"],
    "no_card": ["# người chưa có căn cước", "# bác cccd hết hạn", "chưa có cccd #"],
    "no_phone": ["# cụ không có điện thoại", "không có smartphone #", "# bà dùng máy cục gạch"],
    "already": ["đã có #", "# người có tài khoản rồi", "# bác đã có từ trước"],
    "revisit": ["hẹn lại #", "hẹn #", "# nhà hẹn lại"],
}
_ALONE = {
    "absent": ["vắng", "đi vắng", "khóa cửa"],
    "refused": ["từ chối", "không đồng ý"],
    "activated": ["xong", "cài xong"],
}
_ALONE |= {"already": ["đã có rồi"], "no_card": ["chưa có căn cước"], "no_phone": ["không có điện thoại"]}
_VAGUE = ["được khoảng # máy", "tầm # máy", "kích hoạt chừng #", "được hơn # máy"]
_STARTS = ["", "", "", "dạ ", "em báo cáo ", "Dạ em báo ạ, "]
_ENDS = ["", "", "", " ạ", " nhé", " anh ạ"]
_DAYS = ["hôm nay ", "tổng hôm nay ", "chốt hôm nay: ", "tối nay em "]


def invented(many: int = 700) -> list[Row]:
    """As many messages, always the same."""
    chance = random.Random(7)
    return [_row(chance) for _ in range(many)]


def _row(chance: random.Random) -> Row:
    sort = chance.choices(["counts", "alone", "vague", "total"], [60, 20, 8, 12])[0]
    hamlet, said, numbers = _hamlet(chance)
    person = (
        f"nhà {chance.choice(_TITLES)} {chance.choice(_NAMES)} " if chance.random() < 0.3 and sort == "counts" else ""
    )
    kind, counts = "report", dict[str, int]()
    if sort == "alone":
        work = _alone(chance, counts)
    elif sort == "vague":
        n = chance.randint(3, 20)
        work, kind = chance.choice(_VAGUE).replace("#", str(n)), "unclear"
        numbers.append((str(n), "vague"))
    else:
        work = _counts(chance, counts, numbers)
    day = chance.choice(_DAYS) if sort == "total" else ""
    kind = "total" if day else kind
    text = chance.choice(_STARTS) + day + said + person + work + chance.choice(_ENDS)
    entries = [{"hamlet": hamlet, "counts": counts}] if counts else []
    want = judged({"kind": kind, "day": 0, "entries": entries, "appointment": None})
    named = [(word, "name") for word in text.split() if word.strip(",") in ("Ba", "Tư", "Năm", "Sáu", "Bảy", "Chín")]
    return Row(text, _AT, VOICE, want, None if named else tuple(numbers), VOICE)


def _hamlet(chance: random.Random) -> tuple[str | None, str, list[tuple[str, str]]]:
    if chance.random() < 0.45:
        return None, "", []
    kind, sign = chance.choice(_TYPES), chance.choice([" ", " ", ": ", " em "])
    if chance.random() < 0.6:
        n = str(chance.randint(1, 15))
        return n, f"{kind} {n}{sign}", [(n, "hamlet")]
    name = chance.choice(_HAMLETS)
    return name, f"{kind} {name}{sign}", []


def _counts(chance: random.Random, counts: dict[str, int], numbers: list[tuple[str, str]]) -> str:
    pieces = []
    others = chance.sample(sorted(_OTHERS), chance.choice([0, 0, 1, 1, 2, 3]))
    for outcome in ["activated", *others]:
        n = chance.randint(1, 12)
        pieces.append(chance.choice(_DONE if outcome == "activated" else _OTHERS[outcome]).replace("#", str(n)))
        counts[outcome] = n
        numbers.append((str(n), outcome))
    joins = [chance.choice([", ", ", ", "; ", " "]) for _ in pieces[1:]]
    return "".join(piece + join for piece, join in zip_longest(pieces, joins, fillvalue=""))


def _alone(chance: random.Random, counts: dict[str, int]) -> str:
    pieces = []
    for outcome in chance.sample(sorted(_ALONE), chance.choice([1, 1, 2])):
        persons = [f"{chance.choice(_TITLES)} {name}" for name in chance.sample(_NAMES, chance.choice([1, 1, 2]))]
        pieces.append(f"{', '.join(persons)} {chance.choice(_ALONE[outcome])}")
        counts[outcome] = len(persons)
    return "; ".join(pieces)
