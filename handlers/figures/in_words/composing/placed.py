"""Whether each word of a question is known, and stands where it says something."""

from handlers.figures.in_words.composing.parts import Parts, Unclear
from handlers.figures.in_words.names import initials
from handlers.figures.in_words.parsing import Item

_CALLING = frozenset({"chau", "co", "con", "chu", "bac"})  # whom one talks to, and `có`, `còn` without marks
_HOURS = frozenset({"may gio", "luc may gio", "gio nao", "may h", "luc may h", "hoi may gio", "hoi nao"})
# Words that say nothing beside what they belong to, and restrict what is asked elsewhere.
_BESIDE = {
    "over_all_cases": frozenset({"success", "part"}),
    "where_to_look": frozenset(
        {"audit", "visits", "codes", "times", "stored", "excel", "letter", "picture", "dashboard"}
    ),
    "adding_somebody": frozenset({"codes"}),
    "who_did_what": frozenset({"audit"}),
    "code_for": frozenset({"codes"}),
    "by_what_command": frozenset({"codes"}),
    "clock_time": frozenset({"times"}),
    "in_a_while": frozenset({"times", "visits"}),
    "from_now_on": frozenset({"finish", "quota", "left", "average"}),
    "busiest_day": frozenset({"day"}),  # and no `xã nào đông nhất`
    "quietest_day": frozenset({"day"}),
    "to_come_back": frozenset({"absent", "refused", "revisit"}),  # `nhà vắng phải quay lại`
    "not_visited": frozenset({"hamlet"}),  # `xóm nào chưa đi tới`, and no `ai chưa tới`
    "to_compare_it": frozenset({"stored", "reached"}),
}


def all_known(parts: Parts) -> None:
    """Every word is known, and stands where it says something.

    Raises:
        Unclear: some are not, or do not.
    """
    unknown = [item for item in parts.items if not item.kind or (item.kind == "beyond" and not _is_hour(parts, item))]
    unknown += [item for at, item in enumerate(parts.items) if _is_out_of_place(parts, at)]
    for at, item in enumerate(parts.items):
        behind = parts.items[at + 1] if at + 1 < len(parts.items) else None
        if item.kind == "title" and (behind is None or behind.kind not in ("person", "title")):
            calls = parts.said(item) in _CALLING and (behind is None or behind.kind not in ("", "most", "type"))
            unknown += [] if calls else [item]
        if item.kind == "period" and item.period is None and item.sense is not None and item.sense.value != "so_far":
            unknown.append(item)
    named = parts.of("commune")
    for item in parts.of("period"):  # `hn` is today, and Hiền Ninh
        meant = [one for one in parts.names.communes if parts.said(item) == initials(one)]
        if meant and not named:
            raise Unclear([item], meant)
    if parts.of("when") and not parts.of("done", "goal") and not finishes(parts) and not _has_hours(parts):
        unknown += parts.of("when")
    if unknown:
        raise Unclear(unknown)


def _is_out_of_place(parts: Parts, at: int) -> bool:
    """Words that say nothing beside some others, and restrict what is asked elsewhere."""
    sense = parts.items[at].sense
    rule = sense.rule if sense is not None else ""
    if rule == "where_one_lives":  # `Đức Hòa nơi tôi ở`
        return not at or parts.items[at - 1].kind != "commune"
    if parts.items[at].kind == "request" and at and parts.items[at - 1].kind == "which":
        return " " not in parts.said(parts.items[at])  # `bạn nào nói nhiều nhất`
    if rule == "called_what":  # `ai chưa nộp số, tên gì`, and no `em tên gì`
        return not parts.of("reports", "rank") and "leads" not in parts.values("measure")
    if rule == "between":  # `giữa xóm 4 với 5`
        return len(parts.of("commune", "hamlet", "person", "period")) < 2
    if rule == "made_for_me":  # `làm hộ bản báo cáo`, and no `làm hộ được bao nhiêu`
        return not parts.of("file") and parts.said(parts.items[at]).startswith("lam")
    if rule == "or_running_late":  # `có kịp không hay đang chậm`
        return not {"finish", "quota"} & set(parts.values("measure"))
    if rule == "where_is_it":  # `biểu đồ đâu gửi xem`
        return not parts.of("file")
    if rule in _BESIDE:
        beside = (value for kind in ("measure", "file", "outcome", "which") for value in parts.values(kind))
        return _BESIDE[rule].isdisjoint(beside)
    if rule == "with_baseline":
        return bool(parts.of("period"))  # on some days it is not among what is counted
    return rule == "to_be_posted" and not parts.of("file")


def finishes(parts: Parts) -> bool:
    """Whether it is asked when something is done, or what is left until then."""
    return any(item.sense and item.sense.value in ("finish", "left") for item in parts.of("measure"))


def _has_hours(parts: Parts) -> bool:
    """Whether what is asked for has a time of day: when somebody reported last, when the bot writes."""
    return "last_report" in parts.values("measure") or "times" in parts.values("file")


def _is_hour(parts: Parts, item: Item) -> bool:
    return parts.said(item) in _HOURS and _has_hours(parts)
