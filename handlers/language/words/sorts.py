"""What the pieces of a message can do: the sorts of words, units and ways of saying that something is done."""

from typing import Any, ClassVar


class Symbol:
    """A word for something, told from others by being itself; each annotation of a subclass declares one.

    An Enum in all but speed: Python 3.11 takes four times as long to find a member of one, and a fifth of the time in
    which a message was read went there.
    """

    __slots__ = ("name",)
    name: str
    members: ClassVar[dict[str, Any]]

    def __init_subclass__(cls) -> None:
        cls.members = {}
        for name in cls.__annotations__:
            member = cls.members[name] = cls()
            member.name = name
            setattr(cls, name, member)

    def __repr__(self) -> str:
        return f"{type(self).__name__}.{self.name}"


class Sort(Symbol):
    """What a piece of a message does in its sentence."""

    NUMBER: ClassVar["Sort"]  # a number that may count
    NEVER: ClassVar["Sort"]  # a number that never counts: house numbers, ages, versions, masked numbers
    MANY: ClassVar["Sort"]  # an amount nobody can know: `vài`, `mấy`, `3-4`
    UNIT: ClassVar["Sort"]  # `máy`, `người`, `nhà`
    OUTCOME: ClassVar["Sort"]
    NO_SUCH: ClassVar["Sort"]  # `không ai từ chối`: an outcome that did not happen
    NOTHING: ClassVar["Sort"]  # `chưa được máy nào`
    UNDONE: ClassVar["Sort"]  # `chưa xong`, `không được`: says that something is not done, counts nothing
    HAMLET: ClassVar["Sort"]
    HOME: ClassVar["Sort"]
    DAY: ClassVar["Sort"]  # the day of the work
    WHEN: ClassVar["Sort"]  # a time, a part of a day or a day to come
    RETURN: ClassVar["Sort"]  # `quay lại`: a promise if a time stands beside it
    ALL: ClassVar["Sort"]
    EXCEPT: ClassVar["Sort"]
    LEFT: ClassVar["Sort"]
    VAGUE: ClassVar["Sort"]
    PLAN: ClassVar["Sort"]
    DOING: ClassVar["Sort"]
    NEED: ClassVar["Sort"]
    ASK: ClassVar["Sort"]
    TEAM: ClassVar["Sort"]
    OURS: ClassVar["Sort"]  # `tổ em`: a whole team only beside `tổng`
    OTHERS: ClassVar["Sort"]  # somebody else's work
    TOTAL: ClassVar["Sort"]
    ADDED: ClassVar["Sort"]
    FIX: ClassVar["Sort"]
    NOT_THAT: ClassVar["Sort"]  # `chứ không phải`
    BUT_THIS: ClassVar["Sort"]  # `mà là`, `thành`
    UNDO: ClassVar["Sort"]
    REPORT: ClassVar["Sort"]  # the report itself, as a thing: `báo cáo`, `tin vừa rồi`
    CARRY: ClassVar["Sort"]
    GOAL: ClassVar["Sort"]  # where old people are carried
    TALK: ClassVar["Sort"]  # persuading and explaining: counts nothing
    NOT: ClassVar["Sort"]
    ANY: ClassVar["Sort"]  # `nào`, `ai`, `gì` after a negation
    TARGET: ClassVar["Sort"]  # `chỉ tiêu`
    TOPIC: ClassVar["Sort"]  # `cccd`, `sim`: beside a bare number something of it is meant, not understood
    PARTLY: ClassVar["Sort"]  # `trong đó`: the next number is part of the one before
    EACH: ClassVar["Sort"]  # `mỗi nhà 2 máy`
    THUS: ClassVar["Sort"]  # `vậy là 3 máy`: what was told, as a number
    SUM_IS: ClassVar["Sort"]  # `thêm 2 nữa là 17`
    BEHALF: ClassVar["Sort"]  # `báo hộ Sơn`, `Sơn nhờ báo`; its name says for whom
    BACK: ClassVar["Sort"]  # `hồi nãy`: beside a number it may point back (rule 25)
    SINCE: ClassVar["Sort"]  # `kích hoạt từ hồi Tết`: done already
    LINK: ClassVar["Sort"]
    FILL: ClassVar["Sort"]
    BREAK: ClassVar["Sort"]
    COLON: ClassVar["Sort"]
    UNKNOWN: ClassVar["Sort"]


class Unit(Symbol):
    """What a number counts."""

    PHONE: ClassVar["Unit"]
    PERSON: ClassVar["Unit"]
    HOME: ClassVar["Unit"]
    COUPLE: ClassVar["Unit"]
    MEMBER: ClassVar["Unit"]  # `khẩu`: only ever the size of a household
    OTHER: ClassVar["Unit"]  # a word we do not know
    NONE: ClassVar["Unit"]


class Said(Symbol):
    """Which of the words for `activated` it was: installing is only the way there (rule 18)."""

    INSTALLED: ClassVar["Said"]
    DONE: ClassVar["Said"]
    ACTIVATED: ClassVar["Said"]
