#!/usr/bin/env python3
"""Looks through every byte a board may get for what it may not see.

    scan.py PACKDIR

Unzips the workbooks of PACKDIR/share and reads every part, page and CSV: no UPN and no full name of
PACKDIR/restricted/data/pupils.csv is in any of them, and no date (YYYY-MM-DD) from before 2020.
"""
import csv
import html
import io
import re
import sys
import zipfile
from pathlib import Path


def texts(path):
    """The parts of a file, as text."""
    data = path.read_bytes()
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            for name in book.namelist():
                yield f"{path.name}:{name}", book.read(name).decode("utf-8")
    else:
        yield path.name, data.decode("utf-8")


def canaries(pack):
    """What names a pupil: a surname alone may be a word of the page."""
    with open(pack / "restricted/data/pupils.csv", newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            yield row["upn"]
            if row["surname"] and row["forename"]:
                yield f"{row['forename']} {row['surname']}"
                yield f"{row['surname']}, {row['forename']}"


def main(arguments):
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    pack = Path(arguments[0])
    found, parts = [], 0
    names = sorted({name for name in canaries(pack) if len(name) > 3})
    pattern = re.compile("|".join(re.escape(name) for name in names)) if names else None
    dates = re.compile(r"\b(?:19|20)\d\d-\d\d-\d\d\b")
    for path in sorted((pack / "share").rglob("*")):
        if not path.is_file():
            continue
        for name, text in texts(path):
            parts += 1
            plain = html.unescape(text)
            if pattern:
                found += [f"{name}: {hit}" for hit in set(pattern.findall(plain))]
            # A year before the school year is a date of birth.
            found += [f"{name}: {hit}" for hit in set(dates.findall(plain)) if hit < "2020"]
    for line in found[:20]:
        print(f"found: {line}")
    print(f"{parts} files and parts, {len(names)} names: {len(found)} found")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
