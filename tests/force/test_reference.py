"""The reference page names everything that is declared."""

from __future__ import annotations

from standto.force.checks import CHECKS
from standto.force.reference import table_reference
from standto.force.scenario import Settings
from standto.force.tables import TABLES

PAGE = table_reference()


def test_every_table_column_setting_and_check_is_there() -> None:
    for model in TABLES:
        section = PAGE.split(f"\n## {model.table}\n")[1].split("\n## ")[0]
        assert all(f"| `{column}` |" in section for column in model.model_fields)
    assert all(f"| `{key}` |" in PAGE for key in Settings.model_fields)
    assert all(f"| `{check.name}`" in PAGE for check in CHECKS)


def test_types_are_in_words() -> None:
    assert "| `closed` | windows | h | blank |" in PAGE
    assert "| `bases` | place:count list |  | **required** |" in PAGE
    assert "| `at` | instant |  | **required** |" in PAGE
    assert "| `both` | yes/no |  | yes |" in PAGE


def test_every_table_row_has_its_cells() -> None:
    rows = [line for line in PAGE.splitlines() if line.startswith("| `")]
    assert {line.replace("\\|", "").count("|") for line in rows} <= {4, 6, 7}


def test_checks_have_names_of_their_own_and_a_sentence() -> None:
    assert len({check.name for check in CHECKS}) == len(CHECKS)
    assert all(check.meaning.endswith(".") for check in CHECKS)
