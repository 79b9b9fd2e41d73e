"""What the pieces of a message can do: the sorts of words, units and ways of saying that something is done."""

from enum import Enum, auto


class Sort(Enum):
    """What a piece of a message does in its sentence."""

    __hash__ = object.__hash__  # members are single objects; that of Enum is slow, and asked for all the time

    NUMBER = auto()  # a number that may count
    NEVER = auto()  # a number that never counts: house numbers, ages, versions, masked numbers
    MANY = auto()  # an amount nobody can know: `vài`, `mấy`, `3-4`
    UNIT = auto()  # `máy`, `người`, `nhà`
    OUTCOME = auto()
    NO_SUCH = auto()  # `không ai từ chối`: an outcome that did not happen
    NOTHING = auto()  # `chưa được máy nào`
    UNDONE = auto()  # `chưa xong`, `không được`: says that something is not done, counts nothing
    HAMLET = auto()
    HOME = auto()
    DAY = auto()  # the day of the work
    WHEN = auto()  # a time, a part of a day or a day to come
    RETURN = auto()  # `quay lại`: a promise if a time stands beside it
    ALL = auto()
    EXCEPT = auto()
    LEFT = auto()
    VAGUE = auto()
    PLAN = auto()
    DOING = auto()
    NEED = auto()
    ASK = auto()
    TEAM = auto()
    OURS = auto()  # `tổ em`: a whole team only beside `tổng`
    OTHERS = auto()  # somebody else's work
    TOTAL = auto()
    ADDED = auto()
    FIX = auto()
    NOT_THAT = auto()  # `chứ không phải`
    BUT_THIS = auto()  # `mà là`, `thành`
    UNDO = auto()
    REPORT = auto()  # the report itself, as a thing: `báo cáo`, `tin vừa rồi`
    CARRY = auto()
    GOAL = auto()  # where old people are carried
    TALK = auto()  # persuading and explaining: counts nothing
    NOT = auto()
    ANY = auto()  # `nào`, `ai`, `gì` after a negation
    TARGET = auto()  # `chỉ tiêu`
    TOPIC = auto()  # `cccd`, `sim`: beside a bare number something about it is meant that we did not understand
    PARTLY = auto()  # `trong đó`: the next number is part of the one before
    EACH = auto()  # `mỗi nhà 2 máy`
    THUS = auto()  # `vậy là 3 máy`: what was told, as a number
    SUM_IS = auto()  # `thêm 2 nữa là 17`
    BEHALF = auto()  # `báo hộ Sơn`, `Sơn nhờ báo`; its name says for whom
    BACK = auto()  # `hồi nãy`: beside a number it may point back (rule 25)
    SINCE = auto()  # `kích hoạt từ hồi Tết`: done already
    LINK = auto()
    FILL = auto()
    BREAK = auto()
    COLON = auto()
    UNKNOWN = auto()


class Unit(Enum):
    """What a number counts."""

    PHONE = auto()
    PERSON = auto()
    HOME = auto()
    COUPLE = auto()
    MEMBER = auto()  # `khẩu`: only ever the size of a household
    OTHER = auto()  # a word we do not know
    NONE = auto()


class Said(Enum):
    """Which of the words for `activated` it was: installing is only the way there (rule 18)."""

    INSTALLED = auto()
    DONE = auto()
    ACTIVATED = auto()
