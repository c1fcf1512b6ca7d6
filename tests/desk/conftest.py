"""The command line run in process: exit code, output and error text."""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from standto.desk.cli import main
from standto.force.new import new_scenario
from standto.move.solve import warm_up


@dataclass(frozen=True)
class Ran:
    """What a command did."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """The one JSON document on standard output."""
        return json.loads(self.out)


Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    def command(*arguments: object) -> Ran:
        capsys.readouterr()
        monkeypatch.setattr(sys, "argv", ["standto", *map(str, arguments)])
        with pytest.raises(SystemExit) as stopped:
            main()
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return Ran(int(stopped.value.code or 0), out, err)

    return command


@pytest.fixture
def interrupt_after() -> Iterator[Callable[[float], None]]:
    """Press Ctrl-C after so many seconds of this process's own work."""

    def press(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    def after(seconds: float) -> None:
        signal.setitimer(signal.ITIMER_PROF, seconds)

    before = signal.signal(signal.SIGPROF, press)
    yield after
    signal.setitimer(signal.ITIMER_PROF, 0.0)
    signal.signal(signal.SIGPROF, before)


@pytest.fixture(scope="session")
def drill(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A scenario as `standto new` writes it; read only."""
    warm_up(lambda text: None)
    folder = tmp_path_factory.mktemp("desk") / "drill"
    new_scenario(folder, "drill")
    return folder
