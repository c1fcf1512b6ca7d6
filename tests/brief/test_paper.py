"""The brief as PDF, Markdown and slides: the same figures and titles, accessible; text stays text."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from standto.brief.files import Forms, write_brief
from standto.brief.page import BriefInput
from standto.brief.paper.blocks import Beside, Block, Document, Drawing, Grid, Heading, Terms
from standto.brief.paper.markdown import escaped, markdown
from standto.brief.paper.reading import read_page
from standto.brief.paper.typesetting import LACKING, on_a_slide, pdf, slides
from standto.brief.render import render
from standto.move.problem import About, Problem
from tests.brief.sample import make_sample
from tests.brief.sample_value import NOON, full_input

PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture(scope="module")
def made() -> tuple[Document, dict[str, object]]:
    page, figures = render(full_input(12))
    return read_page(page), figures


@pytest.fixture(scope="module")
def reader(made: tuple[Document, dict[str, object]]) -> PdfReader:
    return PdfReader(io.BytesIO(pdf(made[0], NOON)))


@pytest.fixture(scope="module")
def texts(reader: PdfReader) -> list[str]:
    return [plain(page.extract_text()) for page in reader.pages]


def plain(words: str) -> str:
    return re.sub(r"\s+", "", words.replace("\N{NO-BREAK SPACE}", ""))


def drawings(blocks: tuple[Block, ...]) -> list[Drawing]:
    found = []
    for block in blocks:
        if isinstance(block, Drawing):
            found.append(block)
        elif isinstance(block, Beside):
            found += [one for column in block.columns for one in drawings(column)]
        elif isinstance(block, Grid):
            found += [cell for row in block.rows for cell in row if isinstance(cell, Drawing)]
    return found


def test_the_pdf_says_what_it_is(reader: PdfReader, made: tuple[Document, dict[str, object]]) -> None:
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.metadata.title == made[0].title
    assert str(reader.metadata.title).startswith("EXERCISE")
    xmp = root["/Metadata"].get_object().get_data().decode()
    assert re.search(r"<pdfuaid:part>1</pdfuaid:part>", xmp)


def test_every_picture_of_the_pdf_has_words(reader: PdfReader) -> None:
    figures, headings, heads = [], [], []

    def walk(node: object) -> None:
        found = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(found, list):
            for child in found:
                walk(child)
        elif isinstance(found, dict):
            kind = found.get("/S")
            if kind == "/Figure":
                figures.append(str(found.get("/Alt", "")))
            if str(kind).startswith("/H"):
                headings.append(str(kind))
            if kind == "/TH":
                heads.append(kind)
            if "/K" in found:
                walk(found["/K"])

    root: Any = reader.trailer["/Root"]
    walk(root["/StructTreeRoot"])
    assert len(figures) > 10
    assert all(figures)
    assert any("getting ready from" in words for words in figures)
    assert any("people and the ways" in words or "the ways between them" in words for words in figures)
    assert headings[0] == "/H1"
    assert {"/H2", "/H3"} <= set(headings)
    assert len(heads) > 20


def test_the_banner_is_on_every_page(
    reader: PdfReader, texts: list[str], made: tuple[Document, dict[str, object]]
) -> None:
    banner = plain(made[0].banner)
    for page, text in zip(reader.pages, texts, strict=True):
        assert text.count(banner) >= 2
        assert (round(float(page.mediabox.width)), round(float(page.mediabox.height))) == (595, 842)


def test_paper_and_markdown_have_the_figures_of_the_page(
    texts: list[str], made: tuple[Document, dict[str, object]]
) -> None:
    document, figures = made
    written = "".join(texts), plain(markdown(document).replace("\\", ""))
    titles = figures["sections"]
    known = figures["figures"]
    assert isinstance(titles, dict)
    assert isinstance(known, dict)
    for text in written:
        for title in titles.values():
            assert plain(title) in text
        for key in (
            "all.people",
            "all.tonnes",
            "closure",
            "late.count",
            "ways" if "ways" in known else "all.requirements",
            "place.APEX.fullest",
        ):
            assert plain(known[key]["text"]) in text, key


def test_a_slide_for_every_section(made: tuple[Document, dict[str, object]]) -> None:
    titles = made[1]["sections"]
    assert isinstance(titles, dict)
    found = slides(made[0])
    assert [name for name, _ in found] == list(titles)
    for _, picture in found:
        assert picture.startswith(PNG)
        size = int.from_bytes(picture[16:20], "big"), int.from_bytes(picture[20:24], "big")
        assert size == (1920, 1080)


def test_drawings_stand_alone(made: tuple[Document, dict[str, object]]) -> None:
    found = [one for part in made[0].parts for one in drawings(part.blocks)]
    assert len(found) > 12
    for one in found:
        ids = set(re.findall(r' id="([^"]+)"', one.svg))
        wanted = set(re.findall(r'url\(#([^)]+)\)|href="#([^"]+)"', one.svg))
        assert {a or b for a, b in wanted} <= ids
        assert "var(--" not in one.svg
        assert 'class="' not in one.svg
    charts = [one for one in found if one.title and one.wide >= 400]
    assert len(charts) > 6
    assert all("EXERCISE" in one.svg for one in charts)


EVIL = (
    '#import "x" $x$ ]] #panic(1) <script>alert(1)</script> [a](javascript:x) ![i](http://h/i.png) '
    "| `c` **b** \\ *"
)


def hostile() -> BriefInput:
    problem, plan = make_sample(4)
    raw = problem.model_dump(by_alias=True, exclude_unset=True)
    for place in raw["places"]:
        place.update(name=EVIL, assumed=EVIL)
    for index, one in enumerate(raw["requirements"]):
        one.update(unit=f"{EVIL}{index}", nation=EVIL, type=EVIL, symbol=EVIL)
    raw["about"] = {"kind": "exercise", "scenario": EVIL, "banner": EVIL, "sources": [{"key": EVIL}]}
    outcomes = [one.model_copy(update={"why": EVIL}) for one in plan.requirements]
    return BriefInput(
        problem=Problem.model_validate(raw),
        plan=plan.model_copy(update={"requirements": outcomes}),
        generated=NOON,
        version="0.1.0",
    )


def test_commands_in_names_come_out_as_text() -> None:
    document = read_page(render(hostile())[0])
    text = plain("".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf(document, NOON))).pages))
    assert plain(f"EXERCISE: {EVIL}") in text
    assert len(slides(document)) == len(document.parts)
    written = markdown(document)
    assert "<script" not in written
    assert "](" not in written.replace("\\](", "")
    assert "http://" not in written
    rows = [line for line in written.splitlines() if line.startswith("|")]
    assert len(rows) > 15
    heads: int | None = None
    for line in written.splitlines():
        cells = len(re.findall(r"(?<!\\)\|", line)) if line.startswith("|") else None
        assert cells is None or heads is None or cells == heads
        heads = cells


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("- a", "\\- a"),
        ("1. a", "1\\. a"),
        ("# a", "\\# a"),
        ("a | b", "a \\| b"),
        ("<b>&", "&lt;b&gt;&amp;"),
        ("a\n\n# b", "a \\# b"),
        ("https://x", "https:&#47;/x"),
    ],
)
def test_marks_are_escaped(words: str, written: str) -> None:
    assert re.sub(" +", " ", escaped(words)) == written


def test_signs_that_the_typeface_lacks_are_replaced() -> None:
    given = hostile()
    problem = given.problem.model_copy(update={"about": About(banner="Übung Учение 演習 😀 \u200b\x07")})
    document = read_page(render(replace(given, problem=problem))[0])
    text = PdfReader(io.BytesIO(pdf(document, NOON))).pages[0].extract_text()
    assert "Übung Учение" in text
    assert LACKING in text


def test_real_is_real_on_paper() -> None:
    given = full_input(6)
    problem = given.problem.model_copy(update={"about": About(kind="real")})
    document = read_page(render(replace(given, problem=problem, value=None))[0])
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf(document, NOON))).pages)
    assert "REAL" in text
    assert "EXERCISE" not in text
    assert "EXERCISE" not in markdown(document)


def test_the_same_brief_makes_the_same_bytes(made: tuple[Document, dict[str, object]]) -> None:
    assert pdf(made[0], NOON) == pdf(made[0], NOON)


def test_a_slide_has_the_rows_of_every_like_table(made: tuple[Document, dict[str, object]]) -> None:
    first = Grid("", ("Unit", "Why"), (("A", "late"),), (False, False))
    other = Grid("", ("Alert",), (("C",),), (False,))
    parts = (Heading("One"), first, Heading("Two"), replace(first, rows=(("B", "later"),)), other)
    shown = on_a_slide(parts)
    assert shown == (replace(first, rows=(("A", "late"), ("B", "later"))),)
    terms = Terms(tuple((f"t{number}", "why") for number in range(10)))
    assert on_a_slide((Heading("Assumed"), terms))[0] == Heading("Assumed: the first 9")


def test_slides_of_an_earlier_brief_go_and_other_files_stay(tmp_path: Path) -> None:
    folder = tmp_path / "slides"
    folder.mkdir()
    for name in ("09-late.png", "logo.png", "01-holiday.png"):
        (folder / name).write_bytes(PNG)
    write_brief(tmp_path / "out", full_input(6), Forms(png=folder))
    left = {path.name for path in folder.iterdir()}
    assert "09-late.png" not in left
    assert {"logo.png", "01-holiday.png", "01-answer.png"} <= left


def test_all_forms_are_written_side_by_side(tmp_path: Path) -> None:
    given = full_input(6)
    forms = Forms(pdf=True, md=True, png=tmp_path / "slides")
    page = write_brief(tmp_path / "out", given, forms)
    assert sorted(path.name for path in page.parent.iterdir()) == [
        "brief.html",
        "brief.json",
        "brief.md",
        "brief.pdf",
    ]
    sections = list(json.loads((page.parent / "brief.json").read_text("utf-8"))["sections"])
    names = sorted(path.name for path in (tmp_path / "slides").iterdir())
    assert names == [f"{number:02d}-{section}.png" for number, section in enumerate(sections, start=1)]
    assert (page.parent / "brief.pdf").read_bytes().startswith(b"%PDF-")
