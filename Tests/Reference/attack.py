#!/usr/bin/env python3
"""Tries to work out what a pack withholds from what it shows: the part of a curious reader.

    attack.py PACKDIR

reads PACKDIR/share/data/measures.csv and codes.csv, takes every total, sub-total, half-term, complement and identity a
reader knows of for an equation, and solves them: exactly, and by narrowing what each withheld count can be, since none is
below 0. Prints what it worked out, and the share of cells withheld; exits 1 where it worked out anything that
PACKDIR/restricted/data says is a count from 1 to 5, or a figure of so few pupils. Standard library only.
"""
import csv
import sys
from collections import defaultdict
from pathlib import Path

PRIME = (1 << 61) - 1
COUNTS = ["enrolments", "sess_possible", "sess_present", "sess_approved", "sess_attending", "sess_late", "sess_overall",
          "sess_authorised", "sess_unauthorised", "enrolments_pa_10_exact", "enrolments_pa_50_exact"]
SESSIONS = [name for name in COUNTS if name.startswith("sess")]
IDENTITIES = [("sess_attending", ("sess_present", "sess_approved")), ("sess_possible", ("sess_attending", "sess_overall")),
              ("sess_overall", ("sess_authorised", "sess_unauthorised"))]
CLASSES = {"present": "sess_present", "approved_educational_activity": "sess_approved", "authorised": "sess_authorised",
           "unauthorised": "sess_unauthorised"}
YEAR = "Year to date"


def read(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


class Attack:
    def __init__(self):
        self.known, self.equations = {}, []
        self.names = []

    def cell(self, key, value):
        self.known[key] = None if value == "c" else int(value)

    def equal(self, name, whole, parts):
        """The parts that are there add up to the whole, where it is there."""
        parts = [part for part in parts if part in self.known]
        if whole in self.known and parts:
            self.equations.append((whole, parts))

    def solve(self, true):
        """What follows: {cell: value}. An equation that the true counts break (dated statuses) is none."""
        sound = [(whole, parts) for whole, parts in self.equations
                 if true[whole] == sum(true[part] for part in parts)]
        return {**self.linear(sound), **self.narrowed(sound)}

    def linear(self, equations):
        rows = []
        for whole, parts in equations:
            row, right = defaultdict(int), 0
            for key, sign in [(part, 1) for part in parts] + [(whole, -1)]:
                if self.known[key] is None:
                    row[key] = (row[key] + sign) % PRIME
                else:
                    right -= sign * self.known[key]
            row = {key: value for key, value in row.items() if value}
            if row:
                rows.append((row, right % PRIME))
        done = {}
        holders = defaultdict(set)
        for row, right in rows:
            row = dict(row)
            for key in list(row):
                if key in done and key in row:
                    factor = row[key]
                    other, value = done[key]
                    for place, number in other.items():
                        row[place] = (row.get(place, 0) - factor * number) % PRIME
                        if not row[place]:
                            del row[place]
                    right = (right - factor * value) % PRIME
            if not row:
                continue
            pivot = next(iter(row))
            inverse = pow(row[pivot], PRIME - 2, PRIME)
            row = {key: value * inverse % PRIME for key, value in row.items()}
            right = right * inverse % PRIME
            for other in [other for other in holders[pivot] if pivot in done[other][0]]:
                target, value = done[other]
                factor = target[pivot]
                for place, number in row.items():
                    target[place] = (target.get(place, 0) - factor * number) % PRIME
                    if target[place]:
                        holders[place].add(other)
                    else:
                        del target[place]
                done[other] = target, (value - factor * right) % PRIME
            done[pivot] = row, right
            for key in row:
                holders[key].add(pivot)
        return {pivot: right for pivot, (row, right) in done.items() if len(row) == 1}

    def narrowed(self, equations):
        low = {key: value or 0 for key, value in self.known.items()}
        high = {key: 10 ** 9 if value is None else value for key, value in self.known.items()}
        for _ in range(100):
            changed = False
            for whole, parts in equations:
                least, most = sum(low[part] for part in parts), sum(high[part] for part in parts)
                bounds = [(whole, least, most)] + [
                    (part, low[whole] - most + high[part], high[whole] - least + low[part]) for part in parts]
                for key, lower, upper in bounds:
                    if lower > low[key] or upper < high[key]:
                        low[key], high[key], changed = max(low[key], lower), min(high[key], upper), True
            if not changed:
                break
        return {key: low[key] for key, value in self.known.items() if value is None and low[key] == high[key]}


def place(row):
    return row["geographic_level"], row["school_urn"] or row["school_name"]


def measures_attack(shown):
    attack = Attack()
    groups, periods, places = defaultdict(set), set(), set()
    for row in shown:
        where = place(row), row["time_identifier"], row["breakdown_topic"], row["breakdown"]
        periods.add(row["time_identifier"])
        places.add(place(row))
        groups[row["breakdown_topic"]].add(row["breakdown"])
        for name in COUNTS:
            if row[name] != "":
                attack.cell((*where, name), row[name])
    trust = [spot for spot in places if spot[0] == "Trust"]
    national = {f"Year {number}" for number in range(1, 12)} | {"Unknown"}
    for name in COUNTS:
        for spot in places:
            for period in periods:
                cell = lambda topic, breakdown: (spot, period, topic, breakdown, name)
                total = cell("Total", "Total")
                for topic, breakdowns in groups.items():
                    if topic in ("Total", "SEN", "All on roll"):
                        continue
                    kept = [b for b in breakdowns if topic != "NC year" or b in national]
                    attack.equal(topic, total, [cell(topic, b) for b in kept])
                attack.equal("SEN", cell("SEN", "Any SEN"), [cell("SEN provision", b) for b in ("EHC plan", "SEN support")])
                attack.equal("roll", cell("All on roll", "Total"), [cell("NC year", b) for b in groups["NC year"]])
        for topic, breakdowns in groups.items():
            for breakdown in breakdowns:
                for period in periods:
                    for spot in trust:
                        attack.equal("trust", (spot, period, topic, breakdown, name),
                                     [(other, period, topic, breakdown, name) for other in places if other[0] == "School"])
                if name in SESSIONS:
                    for spot in places:
                        attack.equal("year", (spot, YEAR, topic, breakdown, name),
                                     [(spot, period, topic, breakdown, name) for period in periods if period != YEAR])
    for spot in places:
        for period in periods:
            for topic, breakdowns in groups.items():
                for breakdown in breakdowns:
                    for whole, parts in IDENTITIES:
                        attack.equal("row", (spot, period, topic, breakdown, whole),
                                     [(spot, period, topic, breakdown, part) for part in parts])
    return attack


def codes_attack(shown, totals):
    attack = Attack()
    kinds, periods, places, codes = {}, set(), set(), set()
    for row in shown:
        attack.cell((place(row), row["time_identifier"], row["code"]), row["sessions"])
        kinds[row["code"]] = row["statistical_class"]
        periods.add(row["time_identifier"])
        places.add(place(row))
        codes.add(row["code"])
    for row in totals:
        if row["breakdown_topic"] == "Total":
            for kind, name in [*CLASSES.items(), ("late", "sess_late")]:
                attack.cell((place(row), row["time_identifier"], name), row[name])
    for spot in places:
        for period in periods:
            for kind, name in CLASSES.items():
                attack.equal(kind, (spot, period, name), [(spot, period, code) for code in codes if kinds[code] == kind])
            attack.equal("late", (spot, period, "sess_late"), [(spot, period, code) for code in ("L", "U")])
        for code in codes:
            attack.equal("year", (spot, YEAR, code), [(spot, period, code) for period in periods if period != YEAR])
    for code in codes:
        for period in periods:
            for spot in places:
                if spot[0] == "Trust":
                    attack.equal("trust", (spot, period, code),
                                 [(other, period, code) for other in places if other[0] == "School"])
    return attack


def main(arguments):
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    pack = Path(arguments[0])
    shown, held = read(pack / "share/data/measures.csv"), read(pack / "restricted/data/measures.csv")
    found = []
    true = {}
    for row in held:
        for name in COUNTS:
            if row[name] != "":
                true[place(row), row["time_identifier"], row["breakdown_topic"], row["breakdown"], name] = int(row[name])
    attack = measures_attack(shown)
    for key, value in attack.solve(true).items():
        few = 1 <= true.get((*key[:4], "enrolments"), 9) <= 5
        if true[key] == value and (few and value > 0 or key[4].startswith("enrolments") and 1 <= value <= 5):
            found.append(f"{key}: {value}")
    shown_codes, held_codes = read(pack / "share/data/codes.csv"), read(pack / "restricted/data/codes.csv")
    true = defaultdict(int)
    for row in held_codes:
        true[place(row), row["time_identifier"], row["code"]] = int(row["sessions"])
    for row in held:
        if row["breakdown_topic"] == "Total":
            for name in [*CLASSES.values(), "sess_late"]:
                true[place(row), row["time_identifier"], name] = int(row[name])
    codes = codes_attack(shown_codes, shown)
    for key, value in codes.solve(true).items():
        # How many pupils stand behind a code is in no file: so few sessions belong to few pupils for certain.
        if true[key] == value and 1 <= value <= 5 and key[2] not in SESSIONS:
            found.append(f"{key}: {value}")
    for row in shown:
        for name in ("enrolments", "enrolments_pa_10_exact", "enrolments_pa_50_exact"):
            if row[name] not in ("", "c") and 1 <= int(row[name]) <= 5:
                found.append(f"{place(row)} {row['time_identifier']} {row['breakdown']} {name}: shown as {row[name]}")
    cells = [*attack.known.values(), *codes.known.values()]
    withheld = sum(value is None for value in cells)
    for line in found[:20]:
        print(f"worked out: {line}")
    print(f"{len(found)} of {withheld} withheld cells worked out; {withheld} of {len(cells)} cells withheld")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
