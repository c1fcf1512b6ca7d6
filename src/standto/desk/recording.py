"""Commands about a record itself: begin, show, prove, sign, write out, bring in, copy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import asdict
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from standto.decide.saying import override_lines
from standto.decide.state import Decided
from standto.desk.answer import Answer
from standto.desk.reading import EXPORTED, has_hashes
from standto.desk.record import Record
from standto.errors import NoRecordError, RecordError, UsageError
from standto.ledger.line import Line, instant_text
from standto.ledger.memory import MemoryStore
from standto.ledger.places import MEMORY, shown

if TYPE_CHECKING:
    from standto.ledger.entry import Entry, Nature
    from standto.ledger.proof import Verdict
    from standto.ledger.signing import SignedHead
    from standto.ledger.store import Store

AT_ONCE = 5_000
"""Entries written in one transaction where many are brought in."""


def init(place: str, *, name: str, nature: Nature, by: str, why: str, scenario: str) -> Answer:
    """Begin a record."""
    _require_kept(place)
    with Record.create(place, name=name, nature=nature, by=by, why=why, scenario=scenario) as record:
        opening, head = record.opening, record.store.head()
    lines = [opening.banner, f"began {shown(place)}"]
    return Answer(
        lines, {**asdict(opening), "banner": opening.banner, "record": shown(place), "hash": head.hash}
    )


def show(place: str, *, stream: str, last: int) -> Answer:
    """The last entries of a record or of one of its streams."""
    with Record.open(place) as record:
        banner, count = record.opening.banner, record.store.head().position
        after = max(0, count - last) if not stream else 0
        entries = list(record.entries(after, None, stream or None))[-last:]
        state, now, latest = record.picture().of(Decided), record.clock(), record.picture().recorded_at
    lines = [banner, *override_lines(state, now), f"{count:,} entries; here are {len(entries):,}"]
    if now < latest:
        behind = (latest - now).total_seconds() / 3600
        lines.append(f"the clock stands {behind:,.1f} h behind the last entry: what is due waits until then")
    lines += [entry_line(entry) for entry in entries]
    overrides = [order.id for order in state.overrides()]
    shown = [entry_data(entry) for entry in entries]
    data = {"banner": banner, "entries": count, "shown": shown, "overrides": overrides}
    return Answer(lines, data)


def as_of(place: str, at: datetime, *, effective: bool) -> Answer:
    """What was known at an instant, or what is known now of how it stood then."""
    from pydantic_core import to_jsonable_python

    with Record.open(place) as record:
        banner = record.opening.banner
        picture = record.picture(at, effective=effective)
        kinds = Counter(entry.kind for entry in record.entries_as_of(at, effective=effective))
        states = {room.name: picture.states[room.name] for room in record.rooms}
        said = [line for room in record.rooms for line in room.say(picture.states[room.name], at)]
    how = "as it stood, by what is known now" if effective else "as it was known"
    lines = [banner, f"{how} at {instant_text(at)[:16]}Z: {kinds.total():,} entries"]
    lines += said or [f"{count:,} {kind}" for kind, count in sorted(kinds.items())]
    data = {
        "banner": banner,
        "as_of": instant_text(at),
        "effective": effective,
        "entries": kinds.total(),
        "kinds": dict(sorted(kinds.items())),
        "states": to_jsonable_python(states, fallback=str),
    }
    return Answer(lines, data)


def verify(place: str, *, head_file: Path | None, key_file: Path | None) -> Answer:
    """Whether a record, or an exported one, is what was written; the answer is no where it is not."""
    if (head_file is None) != (key_file is None):
        raise UsageError(
            "--head and --key go together", fix="give the signed head and the signer's public key"
        )
    signed = _signed(head_file, key_file) if head_file is not None and key_file is not None else None
    verdict = _proven(place, signed)
    lines = [verdict.nature.upper()] if verdict.nature else []
    lines += [f"{found.message}  [{found.what}]" for found in verdict.breaks]
    if verdict.ok:
        lines.append(
            f"{shown(place)}: {verdict.entries:,} entries, none altered, removed or moved; "
            f"head {verdict.hash}"
        )
        if signed is not None:
            lines.append(f"it holds what was signed at {signed.signed_at}: entry {signed.position}")
    else:
        lines.append(f"{shown(place)}: not what was written, {len(verdict.breaks):,} break(s)")
    data = {
        "ok": verdict.ok,
        "nature": verdict.nature,
        "entries": verdict.entries,
        "hash": verdict.hash,
        "breaks": [asdict(found) for found in verdict.breaks],
        "head": None if signed is None else asdict(signed),
    }
    return Answer(lines, data, yes=verdict.ok)


def _proven(place: str, signed: SignedHead | None) -> Verdict:
    """What is wrong with the entries of a record or of a file; a record must begin as one, too."""
    from standto.ledger.files import read_lines
    from standto.ledger.opening import opening_flaw
    from standto.ledger.places import open_store
    from standto.ledger.proof import Break
    from standto.ledger.proof import verify as prove

    def proven(read: Callable[[], Iterable[Line]]) -> Verdict:
        verdict = prove(read, signed)
        first = next(iter(read()), None)
        wrong = (
            opening_flaw(first) if first else "there are no entries: none was written, or all were removed"
        )
        if wrong and not any(found.position == 1 for found in verdict.breaks):
            verdict.breaks.insert(0, Break(1, "form" if first else "removed", wrong))
        return verdict

    if not place.endswith(EXPORTED):
        with closing(open_store(place)) as store:
            return proven(store.lines)
    if has_hashes(Path(place)):
        return proven(lambda: read_lines(Path(place)))
    with Record.open(place) as record:
        return proven(record.store.lines)


def head(place: str, *, key_file: Path | None, output: Path | None) -> Answer:
    """The last entry of a record, signed where a key is given."""
    from standto.ledger.files import read_small, write_new
    from standto.ledger.signing import private_key, sign_head

    if (key_file is None) != (output is None):
        raise UsageError("--key and --output go together", fix="give both to sign, none to look")
    with Record.open(place) as record:
        opening, last, now = record.opening, record.store.head(), record.clock()
    lines = [opening.banner, f"entry {last.position} of {instant_text(last.recorded_at)}: {last.hash}"]
    data: dict[str, Any] = {"banner": opening.banner, "position": last.position, "hash": last.hash}
    if key_file is not None and output is not None:
        signed = sign_head(
            private_key(read_small(key_file), file=str(key_file)),
            record=opening.name,
            nature=opening.nature,
            position=last.position,
            hash=last.hash,
            recorded_at=instant_text(last.recorded_at),
            signed_at=instant_text(now),
        )
        write_new(output, signed.as_json().encode() + b"\n")
        lines.append(f"signed, and wrote {output}: keep it where the record's keepers cannot change it")
        data = {"banner": opening.banner, **asdict(signed)}
    return Answer(lines, data)


def key(output: Path) -> Answer:
    """Make a key to sign heads with; the public key stands beside it."""
    from standto.ledger.files import write_new
    from standto.ledger.signing import new_key

    private, public = new_key()
    public_file = output.with_name(f"{output.name}.pub")
    write_new(output, private, mode=0o600)
    write_new(public_file, public)
    lines = [f"wrote {output}: keep it secret", f"wrote {public_file}: give it to whoever verifies"]
    return Answer(lines, {"private": str(output), "public": str(public_file)})


def export(place: str, output: Path) -> Answer:
    """Write a record as JSON Lines, one entry in canonical form each."""
    from standto.ledger.files import write_lines

    if output.suffix != EXPORTED:
        raise UsageError(f"{output} does not end in {EXPORTED}", fix=f"name a file ending in {EXPORTED}")
    with Record.open(place) as record:
        banner = record.opening.banner
        count = write_lines(output, record.store.lines(upto=record.store.head().position))
    return Answer([banner, f"wrote {count:,} entries to {output}"], {"banner": banner, "entries": count})


def bring_in(place: str, file: Path) -> Answer:
    """Bring an exported record, or history without hashes, into a record; begin it where none is."""
    from standto.ledger import proof
    from standto.ledger.files import read_lines
    from standto.ledger.opening import opening_flaw

    if has_hashes(file):
        verdict = proof.verify(lambda: read_lines(file))
        if not verdict.ok:
            fix = "run `standto record verify` on it for all of them"
            raise RecordError(
                f"is not what was written: {verdict.breaks[0].message}", fix=fix, file=str(file)
            )
        wrong = opening_flaw(next(read_lines(file)))
        if wrong:
            raise RecordError(f"is no record: {wrong}", fix="verify where it comes from", file=str(file))
        with _opened_or_new(place) as record:
            count = _adopt(record.store, read_lines(file), str(file))
            banner = record.opening.banner
        return Answer(
            [banner, f"added {count:,} entries of {file}, with their hashes"],
            {"banner": banner, "entries": count},
        )
    return _bring_history(place, file)


def copy(place: str, to: str) -> Answer:
    """Copy a record to another place, hashes and all; a copy that was begun is gone on with."""
    with Record.open(place) as source, _opened_or_new(to) as target:
        upto = source.store.head()
        count = _adopt(target.store, source.store.lines(upto=upto.position), place)
        if target.store.head().position < upto.position:
            raise RecordError(f"{shown(to)} did not take all entries", fix="verify both")
        banner = source.opening.banner
    lines = [
        banner,
        f"copied {count:,} entries to {shown(to)}",
        f"entry {upto.position}: {upto.hash} in both",
    ]
    return Answer(lines, {"banner": banner, "entries": count, "hash": upto.hash})


def _bring_history(place: str, file: Path) -> Answer:
    from standto.desk.history import bring_in as record_facts
    from standto.desk.history import read_facts
    from standto.ledger.files import read_rows

    _require_kept(place)
    try:
        with Record.open(place) as there:
            nature, codec = there.opening.nature, there.codec
    except NoRecordError:
        nature, codec = None, Record(MemoryStore()).codec
    facts = read_facts(read_rows(file), codec, nature=nature, file=str(file))
    with _opened_or_new(place) as record:
        count = record_facts(record.store, facts, now=record.clock())
        banner = record.opening.banner
    lines = [banner, f"added {count:,} facts of {file}, recorded and in effect at their public dates"]
    return Answer(lines, {"banner": banner, "entries": count})


def _require_kept(place: str) -> None:
    """Refuse to write where nobody could read it again.

    Raises
    ------
    UsageError
        If the place is named as an exported file, or is the memory of this process.
    """
    if place.endswith(EXPORTED):
        fix = "name another file, such as one ending in .sqlite"
        raise UsageError(f"{place} would be read as a file of entries, not as a record", fix=fix)
    if place == MEMORY:
        raise UsageError("a record in memory is gone when its process ends", fix="name a file")


def _opened_or_new(place: str) -> Record:
    _require_kept(place)
    try:
        return Record.open(place)
    except NoRecordError:
        from standto.ledger.places import create_store

        return Record(create_store(place))


def _adopt(store: Store, lines: Iterable[Line], file: str) -> int:
    """Add entries that are not in a store yet, and say how many; those that are must be the same.

    Raises
    ------
    RecordError
        At the first that differs, or does not follow.
    """
    there = store.head().position
    waiting = iter(lines)
    for ours, theirs in zip(store.lines(upto=there), islice(waiting, there), strict=False):
        if ours != theirs:
            raise RecordError(
                f"entry {theirs.position} is another one in the record that it should go into",
                fix="they are two records: name another place",
                file=file,
            )
    count = 0
    while part := list(islice(waiting, AT_ONCE)):
        store.adopt(part)
        count += len(part)
    return count


def _signed(head_file: Path, key_file: Path) -> SignedHead:
    from standto.ledger.files import read_json, read_small
    from standto.ledger.signing import public_key, read_head

    return read_head(
        read_json(head_file), public_key(read_small(key_file), file=str(key_file)), file=str(head_file)
    )


def entry_line(entry: Entry) -> str:
    """One entry for people."""
    when = instant_text(entry.recorded_at)[:19] + "Z"
    effect = instant_text(entry.effective_at)[:19] + "Z"
    text = f"{entry.position:>6}  {when}  {entry.kind}  {entry.stream}  by {entry.by}"
    if effect != when:
        text += f"  in effect {effect}"
    if entry.clock_at is not None:
        text += f"  (the clock said {instant_text(entry.clock_at)[:19]}Z)"
    return " ".join(f"{text}  {entry.why}".rstrip().splitlines())


def entry_data(entry: Entry) -> dict[str, Any]:
    """One entry for programs."""
    row = {
        name: instant_text(value) if isinstance(value, datetime) else value
        for name, value in entry._asdict().items()
        if name != "text"
    }
    return {**row, "body": entry.body}
