#!/usr/bin/env python3
"""Attacks the figures for the board, and checks that pages and workbooks hold no others.

    release.py PACKDIR                    the pack of one trust
    release.py --trusts N HALFTERM        packs of N made-up trusts
    release.py --dates N HALFTERM         two packs of each trust; one pupil of each school changes status in between
    release.py --joins N HALFTERM         a school alone and in its trust, and the trust before that school joined
    release.py --sizes N HALFTERM         what is shown, by school size: the table of Docs/Release.md, over N trusts a size
    release.py --self-test                the attacks find what they should in figures without the rules

`attack.py` has the attacks and `trusts.py` the made-up trusts. What Docs/Release.md names as residue of several packs is counted
apart. Exits 1 where anything else follows.

In PACKDIR, every number in the pages and workbooks under share/ (cells, chart caches, drawings) is looked up in figures.csv too.
"""
import html
import os
import re
import sys
import zipfile
from collections import defaultdict
from pathlib import Path

# Several processes share the cores already.
os.environ.setdefault("OMP_NUM_THREADS", "1")

from attack import OTHER, YEAR, Pack, Public, Pupil, School, Trust, View, read
from trusts import attack_public, attack_schools, attack_trusts, check_remainders, joins, one_by_one, set_residue_aside, shown, \
    two_dates

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


class Made(Pupil):
    """A pupil of the self-test."""

    def __init__(self, persistent, disadvantaged="0", eal="0"):
        self.key = ("Male", "No SEN", disadvantaged, "0", "0", "0", eal, "0", "White", "Year 5")
        self.persistent, self.severe, self.has_left, self.stage = persistent, False, False, ""


def group(size, persistent, **statuses):
    return [Made(i < persistent, **statuses) for i in range(size)]


def made_view(whole, half_term="c", **topics):
    """The view of a pack: for each topic a number of pupils, persistent absence and its rule for the group and the others."""
    rows = []
    def add(table, topic, row, measure, value, rule, period=YEAR):
        rows.append({"time_identifier": period, "table": table, "topic": topic, "row": row, "measure": measure,
                     "value": str(value), "rule": rule})
    add("headline", "", "All pupils", "persistent", whole, "6")
    add("half_terms", "", "All pupils", "persistent", half_term, "6", "Spring 1")
    for topic, parts in topics.items():
        for row, (pupils, persistent, rule) in zip(("Disadvantaged" if topic == "Disadvantage" else topic, OTHER), parts):
            add("groups", topic, row, "pupils", pupils, "9")
            add("groups", topic, row, "persistent", persistent, rule)
    return View(rows)


class MadePack:
    """A pack of the self-test: schools, and sums of schools by name."""

    def __init__(self, schools, sums, half_terms=None):
        self.pupils = {urn: dict(enumerate(pupils)) for urn, (_, pupils) in schools.items()}
        self.views = {urn: view for urn, (view, _) in schools.items()} | {("Set", name): view for name, (view, _) in sums.items()}
        self.owners = {("Set", name): urns for name, (_, urns) in sums.items()}
        self.schools, self.half_terms, self.movement = sorted(schools), half_terms or {}, {}
        self.others = defaultdict(list)


def self_test():
    """Each attack finds the small count in figures without a rule, and nothing in figures by the rules."""
    def insider(*views, pupils, moved=None):
        keys = [(pupil.key,) * len(views) for pupil in pupils]
        if moved:
            keys[0] = (pupils[0].key, moved.key)
        result = School(views, list(zip(keys, pupils))).attack()
        set_residue_aside(result, views, list(zip(keys, pupils)), None)
        return result
    def expect(found, name):
        if not found:
            sys.exit(f"release: self-test: {name}")

    small = group(20, 3, disadvantaged="1") + group(80, 12)
    unruled = made_view(15, Disadvantage=[(20, 3, "9"), (80, 12, "9")])
    for row in unruled.rows.values():
        row["rule"] = "7a"
    expect(insider(unruled, pupils=small).problems, "an exact small count")
    expect(Public(unruled, small).attack().problems, "an exact small count, to a public reader")
    rounded = made_view(15, Disadvantage=[(20, "3-7", "7b"), (80, 10, "7b")])
    expect(not insider(rounded, pupils=small).problems, "figures by the rules")
    expect(not Public(rounded, small).attack().problems, "figures by the rules, to a public reader")
    expect(insider(made_view(3), pupils=group(40, 3)).problems, "an exact small count of a school")
    # Rounding tells that a part has 5 or fewer; with 8 to 12 of 17 in one part it is exactly 12 and 5.
    chosen = made_view(17, Disadvantage=[(40, 10, "7b"), (60, 7, "7b")])
    expect(insider(chosen, pupils=group(40, 12, disadvantaged="1") + group(60, 5)).problems, "the choice of rule 7b")
    # All but a few of the pupils of two groups are the same.
    both = made_view(8, Disadvantage=[(15, "3-7", "7b"), (35, 3, "7b")], EAL=[(15, "0-2", "7b"), (35, 8, "7b")])
    pupils = group(11, 2, disadvantaged="1", eal="1") + group(2, 1, disadvantaged="1") + group(4, 0, eal="1") + group(33, 5)
    expect(insider(both, pupils=pupils).problems, "two groups of nearly the same pupils")

    # The first pupil, persistently absent, is no longer disadvantaged at the second date.
    moved = group(30, 10, disadvantaged="1") + group(70, 15)
    first, second = (made_view(25, Disadvantage=[(30, count, "7a"), (70, 25 - count, "7a")]) for count in (10, 9))
    found = insider(first, second, pupils=moved, moved=Made(True))
    expect(found.residue["exact at both dates"] and not found.problems, "residue of two dates")
    moved = group(30, 4, disadvantaged="1") + group(70, 15)
    first, second = (made_view(19, Disadvantage=[(30, "3-7", "7b"), (70, 14, "7b")]) for _ in range(2))
    expect(not insider(first, second, pupils=moved, moved=Made(True)).problems, "two dates by the rules")
    for row in second.rows.values():
        row["value"] = {"3-7": "3"}.get(row["value"], row["value"])
    second.rows["groups", "Disadvantage", "Disadvantaged", "persistent"]["rule"] = "7a"
    expect(not School([first], [((pupil.key,), pupil) for pupil in moved]).attack().problems, "the first of two dates")
    expect(insider(first, second, pupils=moved, moved=Made(True)).problems, "an exact small count at the second date")

    alone = made_view(8, half_term="8", Disadvantage=[(20, "3-7", "7b"), (20, 3, "7b")])
    hidden = {urn: (made_view(6), group(count, 3, disadvantaged="1") + group(30, 3))
              for urn, count in (("2", 4), ("3", 8), ("4", 8))}
    schools = {"1": (alone, group(20, 5, disadvantaged="1") + group(20, 3)), **hidden}
    total = made_view(20, half_term="9", Disadvantage=[(60, "10", "8"), (80, "10", "8")])
    pack = MadePack(schools, {"A": (total, ["1", "2"])}, {("1", "Spring 1"): (40, 8), ("2", "Spring 1"): (7, 1)})
    expect(Trust([pack]).attack().problems, "a half-term of a school with fewer pupils than may be shown")
    expect(check_remainders([pack]).problems, "a group of one school that does not show it")
    pack = MadePack(schools, {name: (total, urns) for name, urns in (("A", ["1", "2", "3"]), ("B", ["3", "4"]), ("C", ["2", "4"]))})
    expect(not check_remainders([pack]).problems and check_remainders([pack]).residue, "sets that overlap")
    one, two = (MadePack(schools, {name: (total, urns)}) for name, urns in (("A", ["1", "3", "4"]), ("B", ["1", "2", "3", "4"])))
    expect(check_remainders([one, two]).residue and not check_remainders([one]).problems, "a school that joins")


TASKS = {"--trusts": one_by_one, "--dates": two_dates, "--joins": joins}


def main():
    self_test()
    if sys.argv[1] == "--self-test":
        return
    if sys.argv[1] == "--sizes":
        shown(sys.argv[3], range(1, int(sys.argv[2]) + 1))
        return
    if task := TASKS.get(sys.argv[1]):
        problems = attack_trusts(task, sys.argv[3], range(1, int(sys.argv[2]) + 1))
    else:
        pack = Pack(Path(sys.argv[1]))
        results = {"insider": attack_schools([pack]), "public reader": attack_public([pack]),
                   "whole counts": Trust([pack]).attack()}
        for name, result in results.items():
            print(f"{name}: {result.summary()}")
        problems = [problem for result in results.values() for problem, _ in result.problems]
        problems += [f"{place}: {number} is in no row of figures.csv" for place, number in unknown_numbers(Path(sys.argv[1]))]
    for problem in problems[:40]:
        print(problem, file=sys.stderr)
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
