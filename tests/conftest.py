"""One rule for every test: what is left out is said loudly, and refused where nothing may be left out."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.postgres import FAST, Server, running_server, server_programs

settings.register_profile("standto", deadline=None, derandomize=True, max_examples=50)
settings.load_profile("standto")

NOTHING_LEFT_OUT = "STANDTO_NOTHING_LEFT_OUT"


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    programs = server_programs()
    if programs is None:
        pytest.skip("no PostgreSQL server on this machine")
    with running_server(programs, *FAST) as server:
        yield server


def pytest_sessionfinish(session: pytest.Session) -> None:
    if os.environ.get(NOTHING_LEFT_OUT) and _left_out(session.config) and session.exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    left_out = _left_out(terminalreporter.config)
    if not left_out:
        return
    terminalreporter.section("LEFT OUT", sep="!", red=True, bold=True)
    for reason, times in left_out.most_common():
        terminalreporter.write_line(f"LEFT OUT: {times} test(s): {reason}")
    if os.environ.get(NOTHING_LEFT_OUT):
        terminalreporter.write_line(f"{NOTHING_LEFT_OUT} is set: a run that leaves tests out has failed")


def _left_out(config: pytest.Config) -> Counter[str]:
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    return Counter(
        str(report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr)
        for report in skipped
    )
