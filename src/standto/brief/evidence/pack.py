"""Tables and sources packed for the page: JSON by columns, deflated; the page unpacks them when asked."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Iterable
from typing import Any

from standto.brief.evidence.table import Table

LEVEL = 6


def pack(figures: dict[str, Any], tables: Iterable[Table]) -> str:
    """Base64 of zlib-deflated UTF-8 JSON: `figures` by id, `tables` by id. The same bytes every time."""
    data = {"figures": figures, "tables": {table.id: table.as_json() for table in tables}}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return base64.b64encode(zlib.compress(text.encode("utf-8", "replace"), LEVEL)).decode()


def unpack(packed: str) -> dict[str, Any]:
    """What `pack` packed."""
    data: dict[str, Any] = json.loads(zlib.decompress(base64.b64decode(packed)))
    return data
