"""Bring milsymbol, which draws APP-6 and MIL-STD-2525 symbols, into the package as it was published.

Run by hand, with npm on the machine: `python tools/brief/milsymbol.py`.
"""

from __future__ import annotations

from packed import DATA, packed

VERSION = "3.0.4"
INTEGRITY = "Jrs1RBCag2IzyEJwI476i2+pNHdi8WMwAp2mDD23g3TR48ERdHmdQgPXZUosRKyhPMr58/eOPyyLE53lMPPAgw=="


def main() -> None:
    """Write milsymbol.js, minified by its author, and its licence."""
    folder = packed("milsymbol", VERSION, INTEGRITY)
    script = (folder / "dist" / "milsymbol.js").read_text(encoding="utf-8")
    kept = "".join(line for line in script.splitlines(keepends=True) if "sourceMappingURL" not in line)
    (DATA / "milsymbol.js").write_text(kept, encoding="utf-8")
    (DATA / "LICENSE-milsymbol").write_bytes((folder / "LICENSE").read_bytes())
    print(f"milsymbol {VERSION}: {len(kept):,} characters")


if __name__ == "__main__":
    main()
