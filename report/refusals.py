"""What a model says of values that it does not take, in words for whoever wrote them.

Pure. Knows the errors of the library that models are made with; nothing of files or places.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from pydantic import ValidationError

from report.declaring import ID_FORM, ID_REMEDY
from report.problems import suggest

LONGEST_SHOWN = 80
"""Characters of a value that are shown of it."""
_REMEDIES = {
    "string_pattern_mismatch": "write it in the form {pattern}",
    "literal_error": "write one of {expected}",
    "enum": "write one of {expected}",
    "missing": "add it",
    "extra_forbidden": "take it away or correct its name",
    "greater_than_equal": "write at least {ge}",
    "less_than_equal": "write at most {le}",
    "string_too_long": "write at most {max_length} characters",
    "string_type": "write a text, in quotes where it looks like a number",
    "int_parsing": "write a whole number",
    "bool_parsing": "write true or false",
    "date_type": "write a day such as 2026-11-24",
    "date_from_datetime_parsing": "write a day such as 2026-11-24",
    "mapping_type": "write keys with values",
    "dict_type": "write keys with values",
    "model_type": "write keys with values",
    "tuple_type": "write a list",
    "too_short": "name at least {min_length}",
}


def explain_error(
    error: ValidationError, fields: Collection[str] = ()
) -> Iterator[tuple[str, str, str, str]]:
    """A model's errors as code, dotted key, what was found, and what to write.

    `fields` are those of the model, one of which a key may be meant for that it does not know.
    """
    for item in error.errors(include_url=False):
        key = ".".join(str(part) for part in item["loc"])
        kind, context = item["type"], item.get("ctx", {})
        is_name = context.get("pattern") == ID_FORM
        remedy = ID_REMEDY if is_name else _REMEDIES.get(kind, "correct it").format(**context)
        if kind == "missing":
            yield "E130", key, f"{key} is missing", remedy
        elif kind == "extra_forbidden":
            yield "E132", key, f"unknown key {key}", suggest(key, fields, remedy)
        elif key.endswith(".[key]"):
            key = key.removesuffix(".[key]")
            yield "E131", key, f"unknown key {key}", remedy
        else:
            shown = repr(item["input"])
            shown = shown if len(shown) <= LONGEST_SHOWN else f"{shown[: LONGEST_SHOWN - 1]}…"
            words = item["msg"].removeprefix("Value error, ")
            words = "" if kind in _REMEDIES else f": {words[:1].lower()}{words[1:]}"
            yield "E131", key, f"{key} is {shown}{words}", remedy
