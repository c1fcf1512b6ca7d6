"""The entries that the page on the record shows have the hashes that it shows."""

from __future__ import annotations

import json
import re
from pathlib import Path

from standto.ledger.canonical import canonical, digest
from standto.ledger.line import line_hash, line_of, line_text
from standto.ledger.proof import verify

PAGE = Path(__file__).parents[2] / "docs" / "concepts" / "record.md"


def test_the_published_entries_have_the_published_hashes() -> None:
    block = re.search(r"^```json\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert block
    texts = block[1].splitlines()
    lines = [line_of(json.loads(text)) for text in texts]
    assert len(lines) == 3
    assert [line_text(line) for line in lines] == texts
    assert [line_hash(line) for line in lines] == [line.hash for line in lines]
    assert verify(lambda: iter(lines)).ok
    for text in texts:
        entry = json.loads(text)
        claimed = entry.pop("hash")
        assert digest(canonical(entry)) == claimed
