#!/usr/bin/env python3
"""Makes messy folders of exports, works their figures out by itself, and compares them with those of the program.

    folders.py HALFTERM [N]     N folders, each from a seed

Each folder has a register in one of four shapes (one file in any order, two that overlap, a zip file, a file for each class) and
a pupil list with pupils who left, came late, came back or are guests. Among the marks are some ahead of time, one on a Saturday
and one in the holiday, which do not count. Exits 1 where a figure of all on roll differs, or check and build do not agree.
"""
import csv
import io
import random
import subprocess
import sys
import tempfile
import zipfile
from datetime import date, timedelta
from pathlib import Path

LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
FIRST, HOLIDAY = date(2025, 9, 3), {date(2025, 10, 27) + timedelta(day) for day in range(5)}
REGISTER = ["UPN", "Surname", "Forename", "Date", "Session", "Mark"]
PUPILS = ["UPN", "Surname", "Forename", "Year", "Reg", "Admission Date", "Leaving Date", "Enrolment Status"]
AUTHORISED, UNAUTHORISED = "IMC", "OUGN"


def upn(number):
    digits = f"{801200000000 + number:012d}"
    weights = sum((place + 2) * int(digit) for place, digit in enumerate(digits[:11]))
    return LETTERS[(weights + 13 * int(digits[11])) % 23] + digits


def written(day):
    return day.strftime("%d/%m/%Y") if day else ""


def table(header, rows):
    text = io.StringIO()
    csv.writer(text).writerows([header, *rows])
    return text.getvalue()


def spells(chance):
    """The spells on roll of a pupil, and whether the pupil is a guest."""
    kind, start = chance.random(), date(2025, 9, 1)
    if kind < 0.05:
        return [(start, date(2025, 9, 19)), (date(2025, 10, 6), None)], False
    if kind < 0.1:
        return [(start, date(2025, 10, 3))], False
    if kind < 0.13:
        return [(date(2025, 9, 22), None)], False
    return [(start, None)], kind < 0.16


def make(folder, seed):
    """Writes a folder and returns the figures of all on roll."""
    chance = random.Random(seed)
    count, last = chance.choice([40, 70, 120]), chance.choice([date(2025, 10, 17), date(2025, 11, 21)])
    days = [FIRST + timedelta(day) for day in range((last - FIRST).days + 1)]
    days = [day for day in days if day.weekday() < 5 and day not in HOLIDAY]
    rows, details = [], []
    figures = dict.fromkeys(("enrolments", "sess_possible", "sess_attending", "sess_authorised", "sess_unauthorised",
                             "enrolments_pa_10_exact"), 0)

    def add(pupil, day, half, code):
        rows.append((day, [upn(pupil + 1), f"Sur{pupil}", f"For{pupil}", written(day), half, code]))

    for pupil in range(count):
        own, is_guest = spells(chance)
        for first, end in chance.sample(own, len(own)):
            details.append([upn(pupil + 1), f"Sur{pupil}", f"For{pupil}", "5", f"5{'AB'[pupil % 2]}", written(first),
                            written(end) or chance.choice(["", "31/12/9999"]), "Guest" if is_guest else "Current"])
        possible = missed = 0
        rate = chance.choice([0.02, 0.05, 0.15])
        for day in days:
            if not any(first <= day <= (end or day) for first, end in own):
                continue
            for half, present in (("AM", "/"), ("PM", "\\")):
                code = present
                if chance.random() < rate:
                    code = chance.choice(AUTHORISED + UNAUTHORISED)
                elif chance.random() < 0.02:
                    code = chance.choice("DBVL")
                add(pupil, day, half, code)
                if is_guest or code == "D":
                    continue
                possible += 1
                missed += code in AUTHORISED + UNAUTHORISED
                kind = ("sess_authorised" if code in AUTHORISED else "sess_unauthorised" if code in UNAUTHORISED
                        else "sess_attending")
                figures[kind] += 1
        figures["sess_possible"] += possible
        figures["enrolments"] += possible > 0
        figures["enrolments_pa_10_exact"] += possible > 0 and 10 * missed >= possible
    for pupil in chance.sample(range(count), 2):
        for day in range(4, 33):
            ahead = last + timedelta(day)
            if ahead.weekday() < 5:
                add(pupil, ahead, "AM", chance.choice("CD#"))
    add(2, date(2025, 10, 4), "AM", "/")
    if last > max(HOLIDAY):
        add(0, date(2025, 10, 28), "AM", "/")
    write(folder, seed % 4, rows, details, chance)
    return figures


def write(folder, shape, rows, details, chance):
    marks = [row for _, row in rows]
    if shape == 0:
        (folder / "Copy of register FINAL.csv").write_text(table(REGISTER, chance.sample(marks, len(marks))))
    elif shape == 1:
        (folder / "autumn (Mrs Cole).csv").write_text(table(REGISTER, [row for day, row in rows if day < date(2025, 9, 26)]))
        (folder / "rest.csv").write_text(table(REGISTER, [row for day, row in rows if day >= date(2025, 9, 20)]))
    elif shape == 2:
        with zipfile.ZipFile(folder / "MIS download.zip", "w") as archive:
            archive.writestr("out/register.csv", table(REGISTER, marks))
            archive.writestr("letter.pdf", "x")
    else:
        (folder / "KS2").mkdir()
        for rest in range(2):
            own = [row for row in marks if int(row[1][3:]) % 2 == rest]
            (folder / "KS2" / f"class {rest}.csv").write_text(table(REGISTER, own))
    (folder / "Pupil list.csv").write_text(table(PUPILS, chance.sample(details, len(details))))
    (folder / "~$Pupil list.xlsx").write_text("x")


def differs(halfterm, seed):
    """What differs, or nothing."""
    with tempfile.TemporaryDirectory() as work:
        folder, packs = Path(work) / "folder", Path(work) / "packs"
        folder.mkdir()
        expected = make(folder, seed)
        build = subprocess.run([halfterm, "build", folder, "--output", packs, "--quiet"], capture_output=True, text=True)
        check = subprocess.run([halfterm, "check", folder], capture_output=True, text=True)
        if build.returncode > 1 or check.returncode != build.returncode:
            return f"build exits {build.returncode}, check {check.returncode}: {build.stderr[:300]}"
        with open(packs / "restricted/data/measures.csv", newline="", encoding="utf-8") as file:
            found = [row for row in csv.DictReader(file)
                     if (row["time_identifier"], row["geographic_level"], row["breakdown_topic"])
                     == ("Year to date", "School", "All on roll")]
        if len(found) != 1:
            return f"{len(found)} schools"
        return {name: (int(found[0][name]), value) for name, value in expected.items() if int(found[0][name]) != value}


def main():
    halfterm, count = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 24
    wrong = [(seed, found) for seed in range(1, count + 1) if (found := differs(halfterm, seed))]
    for seed, found in wrong:
        print(f"seed {seed}: {found}", file=sys.stderr)
    print(f"{count} messy folders, {len(wrong)} with another figure")
    sys.exit(1 if wrong else 0)


main()
