"""CSV as spreadsheets read it: names stay what they are, and are never worked out."""

BOM = "\ufeff"  # by which Excel knows UTF-8: without it names are garbled there


def as_text(value: str) -> str:
    """What a spreadsheet shows as it stands, and never works out: `=HYPERLINK(…)` in a name is a name."""
    return f"'{value}" if value.startswith(("=", "+", "-", "@", "\t", "\r")) else value
