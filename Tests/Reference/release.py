#!/usr/bin/env python3
"""Attacks the figures for the board, and checks that pages and workbooks hold no others.

    release.py PACKDIR                        the packs of one trust
    release.py --trusts N HALFTERM            packs of N made-up trusts
    release.py --self-test                    the attack finds what it should in figures without the rules

The attacker knows every pupil's groups, and so the size of every combination of groups, and all of share/. For each school
a linear program (scipy's HiGHS) has one variable for the persistently absent pupils of each combination; each published count,
its rounding and the rule it names are constraints. For each count of 1 to 5 persistently absent pupils of a group, of the
school, or of those who are not, the lowest and highest value are found. At least 3 whole numbers must remain, and the true
count must be among them. Exits 1 otherwise.

Then every number in the pages and workbooks under share/ (cells, chart caches, drawings) is looked up in figures.csv.
"""
import csv
import html
import io
import math
import re
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter, defaultdict
from pathlib import Path

import numpy
from scipy.optimize import linprog
from scipy.sparse import csr_matrix

YEAR = "Year to date"
OTHER = "All other pupils"
NESTED = {"FSM": ("disadvantaged", "Disadvantage", "Disadvantaged")}


def read(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def bounds(value, size, rounded):
    """The lowest and highest count that a published value allows."""
    if match := re.fullmatch(r"all but (\d+)-(\d+)", value):
        return max(0, size - int(match[2])), size - int(match[1])
    if match := re.fullmatch(r"(\d+)-(\d+)", value):
        return int(match[1]), min(size, int(match[2]))
    if value.isdigit():
        count = int(value)
        return (max(0, count - 2), min(size, count + 2)) if rounded else (count, count)
    return 0, size


class School:
    """The published counts of a school, and the truth."""

    def __init__(self, rows, pupils):
        self.rows = {(row["table"], row["topic"], row["row"], row["measure"]): row
                     for row in rows if row["time_identifier"] == YEAR}
        self.pupils = pupils
        self.cells = Counter()
        self.truth = Counter()
        for pupil in pupils:
            self.cells[pupil["key"]] += 1
            self.truth[pupil["key"]] += pupil["persistent"]
        self.keys = sorted(self.cells)

    def members(self, topic, row):
        """The combinations of groups in a row, or None for a topic that is not attacked."""
        index = {"Sex": 0, "SEN": 1, "SEN provision": 1, "Disadvantage": 2, "Looked after": 3, "Previously looked after": 4,
                 "NC year": 5}.get(topic)
        if index is None:
            return None
        rows = {r for (table, t, r, measure) in self.rows if t == topic and measure == "attendance_percent"}
        def holds(name, value):
            if topic == "SEN":
                return value in ("EHC plan", "SEN support") if name == "Any SEN" else None
            if topic == "NC year":
                return value in years(name)
            if topic in ("Disadvantage", "Looked after", "Previously looked after"):
                return value == "1" if name != OTHER else None
            return value == name
        def row_of(value):
            for name in rows - {OTHER}:
                if holds(name, value):
                    return name
            return OTHER if OTHER in rows else None
        return [i for i, key in enumerate(self.keys) if row_of(key[index]) == row]

    def constraints(self):
        """Equations and inequalities: (indices, low, high)."""
        everyone = list(range(len(self.keys)))
        size = len(self.pupils)
        found = []
        whole = self.rows.get(("headline", "", "All pupils", "persistent"))
        if whole:
            found.append((everyone, *bounds(whole["value"], size, rounded=False)))
        topics = defaultdict(list)
        for (table, topic, row, measure), figure in self.rows.items():
            if measure == "persistent" and table in ("groups", "years"):
                topics[topic].append((row, figure))
        for topic, parts in topics.items():
            members = {row: self.members(topic, row) for row, _ in parts}
            if any(value is None or not value for value in members.values()):
                continue
            sizes = {row: sum(self.cells[self.keys[i]] for i in members[row]) for row in members}
            largest = max(sizes, key=lambda row: sizes[row])
            for row, figure in parts:
                value, rule = figure["value"], figure["rule"]
                if rule == "7a":
                    found.append((members[row], *bounds(value, sizes[row], rounded=False)))
                elif rule == "7b":
                    if row != largest:
                        found.append((members[row], *bounds(value, sizes[row], rounded=True)))
                    found.append((members[row], 0, sizes[row] - 6))
        return found

    def targets(self):
        """The counts that must not follow: (name, indices, truth)."""
        everyone = list(range(len(self.keys)))
        groups = [("the school", everyone)]
        for topic in {topic for (_, topic, _, _) in self.rows if topic}:
            for row in {row for (_, t, row, measure) in self.rows if t == topic and measure == "attendance_percent"}:
                members = self.members(topic, row)
                if members:
                    groups.append((f"{topic} {row}", members))
        for index, name, value in ((3, "Looked after", "1"), (4, "Previously looked after", "1"), (1, "EHC plan", "EHC plan")):
            members = [i for i, key in enumerate(self.keys) if key[index] == value]
            if members:
                groups.append((f"all with {name}", members))
        for name, members in groups:
            truth = sum(self.truth[self.keys[i]] for i in members)
            size = sum(self.cells[self.keys[i]] for i in members)
            yield name, members, truth, size

    def attack(self):
        """The fewest values left, the number of counts attacked, and what went wrong."""
        constraints = self.constraints()
        n = len(self.keys)
        rows, columns, values, upper = [], [], [], []
        for members, low, high in constraints:
            for sign, bound in ((1, high), (-1, -low)):
                for i in members:
                    rows.append(len(upper)), columns.append(i), values.append(sign)
                upper.append(bound)
        matrix = csr_matrix((values, (rows, columns)), shape=(len(upper), n)) if upper else None
        limits = [(0, self.cells[key]) for key in self.keys]
        fewest, attacked, wrong = None, 0, []
        for name, members, truth, size in self.targets():
            if not (1 <= truth <= 5 or 1 <= size - truth <= 5):
                continue
            attacked += 1
            ends = []
            for sign in (1, -1):
                cost = numpy.zeros(n)
                cost[members] = sign
                done = linprog(cost, A_ub=matrix, b_ub=upper or None, bounds=limits, method="highs")
                if done.status != 0:
                    wrong.append(f"{name}: the figures contradict each other")
                    break
                ends.append(sign * done.fun)
            if len(ends) < 2:
                continue
            low, high = math.ceil(ends[0] - 1e-6), math.floor(ends[1] + 1e-6)
            left = high - low + 1
            fewest = left if fewest is None else min(fewest, left)
            if not low <= truth <= high:
                wrong.append(f"{name}: {truth} is not from {low} to {high}")
            elif left < min(3, size + 1):
                wrong.append(f"{name}: {truth} of {size} must be from {low} to {high}")
        return fewest, attacked, wrong


def years(name):
    """The years of a row such as Years 5 and 6."""
    numbers = [int(number) for number in re.findall(r"\d+", name)]
    return {f"Year {number}" for number in range(numbers[0], numbers[-1] + 1)} if numbers else {name}


def schools(pack):
    figures = defaultdict(list)
    for row in read(pack / "share/data/figures.csv"):
        if row["geographic_level"] == "School":
            figures[row["school_urn"]].append(row)
    pupils = defaultdict(list)
    for row in read(pack / "restricted/data/pupils.csv"):
        if row["in_scope"] == "1" and int(row["sess_possible"]) > 0:
            missed = int(row["sess_authorised"]) + int(row["sess_unauthorised"])
            pupils[row["school_urn"]].append({
                "key": (row["sex"], row["sen_provision"], row["disadvantaged"], row["looked_after"],
                        row["previously_looked_after"], row["nc_year"]),
                "persistent": 10 * missed >= int(row["sess_possible"])})
    return {urn: School(rows, pupils[urn]) for urn, rows in figures.items()}


def attack(pack):
    fewest, attacked, wrong = [], 0, []
    for urn, school in schools(pack).items():
        least, count, problems = school.attack()
        attacked += count
        wrong += [f"{urn}: {problem}" for problem in problems]
        if least is not None:
            fewest.append(least)
    return min(fewest, default=None), attacked, wrong


NUMBER = re.compile(r"all but \d-\d|\d+-\d+|[+−-]?\d[\d,]*(?:\.\d+)?")


def plain(number):
    return number.replace(",", "").replace("−", "-").removeprefix("+")


def workbook_numbers(path):
    """Numbers in cells and chart caches of a workbook."""
    with zipfile.ZipFile(path) as book:
        for name in book.namelist():
            text = book.read(name).decode("utf-8")
            if name.startswith("xl/worksheets/sheet"):
                for style, kind, value in re.findall(r'<c r="[A-Z]+\d+"(?: s="(\d+)")?(?: t="(\w+)")?><v>([^<]*)</v>', text):
                    if kind != "s":
                        yield f"{path.name}:{name}", value
            elif name.startswith("xl/charts/"):
                for cache in re.findall(r"<c:numCache>.*?</c:numCache>", text, re.DOTALL):
                    for value in re.findall(r"<c:v>([^<]*)</c:v>", cache):
                        yield f"{path.name}:{name}", value


def page_numbers(path):
    """Numbers in the cells of tables, the figures of sentences and the labels of drawings of a page."""
    text = path.read_text(encoding="utf-8")
    for cell in re.findall(r"<td[^>]*>(.*?)</td>|<strong>(.*?)</strong>|<text[^>]*class=\"(?:val|lab)[^>]*>(.*?)</text>", text, re.DOTALL):
        words = html.unescape(re.sub(r"<[^>]+>", "", next((part for part in cell if part), ""))).strip()
        if re.fullmatch(r"(?:[A-Za-z ]* )?(?:" + NUMBER.pattern + r")%?", words):
            yield path.name, NUMBER.findall(words)[-1]


def unknown_numbers(pack):
    """Numbers under share/ that are in no row of figures.csv."""
    known = set()
    figures = read(pack / "share/data/figures.csv")
    for row in figures:
        known.add(row["value"])
        try:
            known.add(f"{float(row['value']):g}")
        except ValueError:
            pass
    count = len({row["school_name"] for row in figures}) + 60
    for path in sorted((pack / "share").rglob("*")):
        found = workbook_numbers(path) if path.suffix == ".xlsx" else page_numbers(path) if path.suffix == ".html" else []
        for place, number in found:
            value = plain(number)
            if value in known:
                continue
            try:
                value = f"{float(value):g}"
            except ValueError:
                yield place, number
                continue
            # Dates, counts of weeks and schools, and targets.
            if value not in known and not 40_000 < float(value) < 60_000 and not (value.isdigit() and int(value) < count):
                if not re.fullmatch(r"9\d(\.\d)?", value):
                    yield place, number


def self_test():
    """A school whose figures hold no rule: the attack must find the small count."""
    pupils = [{"key": ("Male", "No SEN", "1" if i < 12 else "0", "0", "0", "Year 5"), "persistent": i % 4 == 0}
              for i in range(60)]
    def row(topic, name, value, rule, measure="persistent", table="groups"):
        return {"time_identifier": YEAR, "table": table, "topic": topic, "row": name, "measure": measure,
                "value": value, "rule": rule}
    rows = [row("", "All pupils", "15", "6", table="headline")]
    for name, value in (("Disadvantaged", "3"), (OTHER, "12")):
        rows += [row("Disadvantage", name, value, "7a"), row("Disadvantage", name, "90", "4", "attendance_percent")]
    _, attacked, wrong = School(rows, pupils).attack()
    if not attacked or not wrong:
        sys.exit("release: the attack finds nothing in figures without rules")


def main():
    self_test()
    if sys.argv[1] == "--self-test":
        return
    if sys.argv[1] == "--trusts":
        work = tempfile.TemporaryDirectory()
        fewest, attacked, wrong = [], 0, []
        for seed in range(1, int(sys.argv[2]) + 1):
            trust, pack = f"{work.name}/trust", Path(work.name) / "pack"
            pupils = (60, 130, 260, 420)[seed % 4]
            for command in (["sample", trust, "--schools", "4", "--pupils", str(pupils), "--seed", str(seed)],
                            ["build", trust, "--output", str(pack), "--quiet", "--as-at", "2026-02-13"]):
                done = subprocess.run([sys.argv[3], *command], capture_output=True, text=True)
                if done.returncode > 1:
                    sys.exit(f"release: seed {seed}: {done.stderr}")
            least, count, problems = attack(pack)
            attacked += count
            wrong += [f"seed {seed}: {problem}" for problem in problems]
            fewest += [least] if least is not None else []
            subprocess.run(["rm", "-rf", trust, str(pack)], check=True)
        least = min(fewest, default=None)
    else:
        pack = Path(sys.argv[1])
        least, attacked, wrong = attack(pack)
        wrong += [f"{place}: {number} is in no row of figures.csv" for place, number in unknown_numbers(pack)]
    for problem in wrong[:40]:
        print(problem, file=sys.stderr)
    print(f"{attacked} small counts attacked, fewest values left {least}, {len(wrong)} problems")
    sys.exit(1 if wrong else 0)


main()
