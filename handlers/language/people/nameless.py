"""Who is called by no name of their own: `vợ`, `con dâu`, `máy của con trai`."""

import re

_NOBODY = frozenset(
    "may cai con cua vo chong trai gai dau re chau noi ngoai me bo ba ong cu anh chi em co chu bac di cau mo thim "  # noqa: SIM905 - reads better
    "ay y do kia nguoi nha trong thang dua be ut ca duong vk ck og".split()
)


_ELDERS = frozenset("ong ba bac co chu cu anh chi di cau mo thim duong".split())  # noqa: SIM905 - reads better


# Names that are other words without their marks: `ông Thắng`, `chú Trọng`, `cô Mơ`, `chị Mây`, `bà Bé`, `cô Chi`.
_NAMES = frozenset("thang trong mo may be chi bac ca".split())  # noqa: SIM905 - reads better
_NO_NAMES = frozenset(
    {"anh chi", "cau mo", "co be", "cau be", "chu be", "di be", "anh ca", "chi ca", "co bac", "chu bac", "ong may"}
)
_ONE_OF_THEM = re.compile(r"\bnguoi (?:thu )?(?:nhat|hai|ba|tu|nam|cuoi|con lai|[2-9])\b")  # `người thứ ba`


def is_nobody(label: str) -> bool:
    """Whether a home is called by no name of its own: `vợ`, `máy của con trai`."""
    words = _ONE_OF_THEM.sub("nguoi", label).split()
    if words == ["no"]:
        return True  # `nó`, and not `ông Nở`
    if words[-1:] == ["ut"] and words[-2:-1] and words[-2] in _ELDERS:
        return False  # `bà út` is called so; `con út` is somebody's
    if words[-2:-1] and words[-2] in _ELDERS and words[-1] in _NAMES and " ".join(words[-2:]) not in _NO_NAMES:
        return False
    return _NOBODY.issuperset(words)
