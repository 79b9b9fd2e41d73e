"""What the tests of the command line share."""

from pathlib import Path

import pytest

from tests.commands.test_command_line import Shell


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """A command line over a small campaign."""
    return Shell(tmp_path)
