"""Files put into one zip archive, the same bytes for the same files.

Pure. Order, times and rights are fixed: nothing of a machine or its clock goes in.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Mapping

_PLAIN_FILE = 0o100644 << 16
"""An ordinary file that everybody may read, as Unix keeps it."""
_UNIX = 3


def wrap_files(files: Mapping[str, bytes], day: dt.date) -> bytes:
    """An archive of files by path, each as of the beginning of a day."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in sorted(files.items()):
            member = zipfile.ZipInfo(path, (day.year, day.month, day.day, 0, 0, 0))
            member.external_attr, member.create_system = _PLAIN_FILE, _UNIX
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, content)
    return packed.getvalue()
