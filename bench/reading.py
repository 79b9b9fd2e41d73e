"""What reading a message costs: the median over the examples, and the worst of texts made to be slow."""

import json
import time
from datetime import datetime
from statistics import median

from bench.bots import Ours
from bench.figures import Effort, Figure
from bench.platform import ROOT
from handlers.language import read

EXAMPLES = ROOT / "tests" / "language" / "examples.jsonl"
LONGEST = 4096  # characters of a message on Telegram
_HOSTILE = (
    *("a", "1", "1 ", " ", "\n", "(", "1,", "1.", "1/", "-", "xóm 4 ", "3 máy, ", "được 3 ", "vắng 1, "),
    *("nhà bà Lan xóm 4 được 3, vắng 1. ", "không không ", "4 chứ không phải 3, ", "19h30 mai ", "ngày 20/5 "),
    *("nhà ", "bà Lan ", "xóm ", "mai quay lại ", "1 máy 1 nhà 1 người ", "chưa ", "à quên ", "tổng 3, ", "😊", "ạ"),
    *("0123456789", "012345678901 ", "e\u0301", "\u202e", "ﷺ", "nha ba lan dc 3 vang 1 ", "hai mươi mốt ", "máy" * 3),
)


def measure(_: Ours, effort: Effort) -> list[Figure]:
    """In this process."""
    examples = [json.loads(line) for line in EXAMPLES.read_text(encoding="utf-8").splitlines()]
    rounds = effort.of(20, 5)
    times = []
    for _round in range(rounds):
        for example in examples:
            times.append(_seconds(example["text"], datetime.fromisoformat(example["at"])))
    at = datetime.fromisoformat("2023-05-20T20:00")
    texts = [(unit * LONGEST)[:LONGEST] for unit in _HOSTILE]
    worst, text = max((min(_seconds(text, at) for _ in range(3)), text) for text in texts)
    return [
        Figure(f"reading a message, median of {len(examples)} examples", f"{median(times) * 1e6:.0f} µs"),
        Figure(f"reading {LONGEST:,} characters made to be slow, worst of {len(texts)}", f"{worst * 1e3:.1f} ms"),
        Figure("  that text", repr(text[:24])),
    ]


def _seconds(text: str, at: datetime) -> float:
    begun = time.perf_counter()
    read(text, at)
    return time.perf_counter() - begun
