"""What the pages tell people to type works, in the order in which it stands there."""

from __future__ import annotations

import itertools
import re
import shlex
from pathlib import Path

import pytest

from tests.desk.conftest import Run

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"^```(sh|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SEARCHING = ("bound", "brief", "plan")
SECONDS = re.compile(r"--seconds \S+")
PAGES = sorted(
    str(page.relative_to(ROOT))
    for page in [ROOT / "README.md", ROOT / "examples" / "README.md", *(ROOT / "docs").rglob("*.md")]
    if BLOCK.search(page.read_text(encoding="utf-8"))
)


def blocks(page: str, language: str) -> list[str]:
    text = (ROOT / page).read_text(encoding="utf-8")
    return [body for kind, body in BLOCK.findall(text) if kind == language]


def commands() -> list[list[str]]:
    """Every `standto` line of the pages once, without the name, each search cut short."""
    found: dict[str, list[str]] = {}
    for line in "".join(body for page in PAGES for body in blocks(page, "sh")).splitlines():
        if line.startswith("standto "):
            words = shlex.split(SECONDS.sub("", line), comments=True)[1:]
            found[shlex.join(words)] = [*words, "--seconds", "0.3"] if words[0] in SEARCHING else words
    return list(found.values())


@pytest.fixture
def beside_the_examples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_there_are_pages_with_something_to_type() -> None:
    assert {"README.md", "docs/quickstart.md", "examples/README.md"} <= set(PAGES)


@pytest.mark.usefixtures("drill")
def test_the_commands_run_in_their_order(run: Run, beside_the_examples: Path) -> None:
    for words in commands():
        ran = run(*words)
        assert ran.code == 0, f"standto {shlex.join(words)}: {ran.err}{ran.out}"
        for flag, name in itertools.pairwise(words):
            assert flag != "-o" or list(beside_the_examples.glob(f"{Path(name).stem}*"))


@pytest.mark.parametrize("page", [page for page in PAGES if blocks(page, "python")])
@pytest.mark.usefixtures("drill", "beside_the_examples")
def test_the_python_of_a_page_runs(page: str, capsys: pytest.CaptureFixture[str]) -> None:
    for body in blocks(page, "python"):
        exec(body.replace("Seconds(5)", "Rounds(5)").replace("seconds=60", "seconds=0.3"), {})
    assert capsys.readouterr().out
