"""Packs of made-up trusts, one by one and several of one trust, and the attacks on them."""
import csv
import multiprocessing
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from attack import LEAST, OTHER, Pack, Public, Result, School, Sums, Trust, attribute, remainders

AS_AT = "2026-02-13"
# No school of a made-up trust is open between the two days.
LATER = "2026-02-20"


# Made-up trusts.

def run(halfterm, *arguments):
    done = subprocess.run([halfterm, *map(str, arguments)], capture_output=True, text=True)
    # It exits with 1 where the data has warnings.
    if done.returncode > 1:
        sys.exit(f"release: {' '.join(map(str, arguments))}: {done.stderr}")


def make(halfterm, folder, seed):
    """Makes a trust of four schools of different sizes, in sets that overlap."""
    pupils = (60, 90, 130, 160, 200)[seed % 5]
    run(halfterm, "sample", folder, "--schools", 4, "--pupils", pupils, "--seed", seed)
    chance = random.Random(seed)
    trust_file = folder / "trust.yaml"
    blocks = trust_file.read_text().split("  - name: ")
    sets = ([], ["East"], ["East", "North"], ["North"], ["North", "East"][:seed % 3])
    for index in range(1, len(blocks)):
        if sets[index]:
            blocks[index] = re.sub(r"(    phase: .*\n)", rf"\1    sets: [{', '.join(sets[index])}]\n", blocks[index])
        school = folder / re.search(r"exports/[\w-]+", blocks[index])[0]
        thin(school, chance, (1, 0.6, 0.3, 1)[(seed + index) % 4])
        if index == 4 and seed % 8 == 0:
            shrink(school)
    trust_file.write_text("  - name: ".join(blocks))
    return chance


def thin(school, chance, share):
    """Leaves out pupils of a school at random."""
    if share == 1:
        return
    with open(school / "pupils.csv", encoding="utf-8", newline="") as file:
        header, *pupils = csv.reader(file)
    pupils = [pupil for pupil in pupils if chance.random() < share]
    write(school / "pupils.csv", [header, *pupils])
    kept = {pupil[0] for pupil in pupils}
    lines = (school / "register.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (school / "register.csv").write_text("".join(
        lines[:1] + [line for line in lines[1:] if line.split(",", 3)[2] in kept]), encoding="utf-8")


def shrink(school, left=8):
    """Lets all but a few pupils leave at Christmas, so that a half-term has fewer than a school may show."""
    with open(school / "pupils.csv", encoding="utf-8", newline="") as file:
        header, *pupils = csv.reader(file)
    staying = [pupil for pupil in pupils if pupil[header.index("Year Group")] not in ("N", "N1", "N2", "R")][-left:]
    for pupil in pupils:
        if pupil not in staying:
            pupil[header.index("Leaving Date")] = pupil[header.index("Leaving Date")] or "2025-12-19"
    write(school / "pupils.csv", [header, *pupils])
    kept = {pupil[0] for pupil in staying}
    lines = (school / "register.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (school / "register.csv").write_text("".join(
        line for line in lines if not re.search(",2026-", line) or line.split(",", 3)[2] in kept), encoding="utf-8")


def write(path, rows):
    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def build(halfterm, trust, pack, as_at=AS_AT):
    run(halfterm, "build", trust, "--output", pack, "--quiet", "--as-at", as_at)
    return Pack(pack, trust)


def change(school, chance, pack, urn):
    """Changes a status of one pupil of a school in its pupil file, as of a day without sessions, and returns the UPN."""
    with open(school / "pupils.csv", encoding="utf-8", newline="") as file:
        header, *pupils = csv.reader(file)
    persistent = [upn for upn, pupil in pack.pupils[urn].items() if pupil.persistent]
    # Half of the changes are of a pupil who is persistently absent.
    upn = chance.choice(persistent if persistent and chance.random() < 0.5 else sorted(pack.pupils[urn]))
    pupil = next(row for row in pupils if row[0] == upn)
    kind = chance.choice(("SEN", "dated SEN", "PP", "FSM", "LAC", "Ethnicity"))
    place = header.index(kind.removeprefix("dated "))
    old = pupil[place]
    if kind == "Ethnicity":
        pupil[place] = chance.choice([code for code in ("WBRI", "MWBC", "AIND", "BAFR", "OOTH") if code[0] != old[:1]])
    elif "SEN" in kind:
        pupil[place] = chance.choice([code for code in "NKE" if code != old])
    else:
        pupil[place] = "N" if old == "Y" else "Y"
    if kind == "dated SEN":
        header.append("SEN Start Date")
        for row in pupils:
            row.append("16/02/2026" if row is pupil else "")
    write(school / "pupils.csv", [header, *pupils])
    return upn


def attack_schools(packs):
    """The insider's attack on each school, over all packs that hold it; the packs are of one register."""
    found = Result()
    for urn in sorted({urn for pack in packs for urn in pack.schools}):
        own = [pack for pack in packs if urn in pack.schools]
        pupils = [(tuple(pack.pupils[urn][upn].key for pack in own), pupil) for upn, pupil in own[0].pupils[urn].items()]
        if len(pupils) < LEAST:
            continue
        views, movement = [pack.views[urn] for pack in own], own[0].movement.get(urn)
        others = own[0].others[urn]
        result = School(views, pupils, movement, others=others).attack()
        if len(own) > 1:
            set_residue_aside(result, views, pupils, movement, others)
        found.add(result, f"{urn}: ")
    return found


def set_residue_aside(result, views, pupils, movement, outside=()):
    """Counts apart what follows only from topics that Docs/Release.md names as residue of two packs."""
    exact, rounded, others = set(), set(), set()
    for topic in {topic for view in views for topic in view.topics}:
        figures = [[view.persistent(topic, row) for row in view.topics[topic]] for view in views]
        rules = [{rule for _, rule in found} for found in figures]
        place = attribute(topic)
        is_changed = any(len({view.row_of(topic, key[place]) for view, key in zip(views, keys)}) > 1 for keys, _ in pupils)
        if any(own != rules[0] for own in rules):
            others.add(topic)
        elif rules[0] == {"7a"} and is_changed:
            exact.add(topic)
        elif any(own != figures[0] for own in figures):
            rounded.add(topic)
    topics = exact | rounded | others
    def values(left_out, terms, enough):
        system = School(views, pupils, movement, left_out, outside)
        system.prepare()
        return len(system.possible(terms, enough))
    problems, result.problems = result.problems, []
    for name, target in problems:
        kind = None
        if target and topics:
            # Beside an exact count in the first pack, the group with one pupil more or fewer has two values before the second.
            needed = min(target[1], max(2, values({topic for view in views for topic in view.topics}, *target)))
            kinds = (("exact at both dates", exact), ("rounded otherwise", exact | rounded), ("by another rule", topics))
            kind = next((kind for kind, left_out in kinds if left_out and values(left_out, *target) >= needed), None)
        if kind:
            result.residue[kind] += 1
        else:
            result.problems.append((name, target))


def attack_public(packs):
    """The attack of a reader who knows no groups."""
    found = Result()
    for pack in packs:
        for urn in pack.schools:
            if len(pack.pupils[urn]) >= LEAST:
                found.add(Public(pack.views[urn], list(pack.pupils[urn].values())).attack(), f"{urn}: ")
    return found


def check_remainders(packs):
    """Groups of schools that do not show them; those of sets that overlap, or of two packs, are residue."""
    found = Result()
    found.attacked, plain, others = remainders(packs)
    if len(packs) > 1:
        plain, others = [], plain + others
    found.problems = [(text, None) for text in plain]
    found.residue["sums of different schools"] = len(others)
    return found


# What is done with the trust of a seed. Each returns results by name.

def one_by_one(halfterm, work, seed):
    """One pack."""
    make(halfterm, work / "trust", seed)
    pack = build(halfterm, work / "trust", work / "pack")
    # What an insider cannot tell a public reader cannot: one trust in four checks that the sizes as shown hold.
    public = {"public reader": lambda: attack_public([pack])} if seed % 4 == 0 else {}
    return {"insider": lambda: attack_schools([pack]), **public,
            "whole counts of trusts and sets": lambda: Trust([pack]).attack(),
            "persistent absence of groups in sums": lambda: Sums(pack).attack(),
            "groups in trusts and overlapping sets": lambda: check_remainders([pack])}


def two_dates(halfterm, work, seed):
    """Two packs; in between one pupil of each school changed status."""
    chance = make(halfterm, work / "trust", seed)
    before = build(halfterm, work / "trust", work / "before")
    for urn, school in schools(work / "trust"):
        if before.pupils[urn]:
            change(school, chance, before, urn)
    after = build(halfterm, work / "trust", work / "after", LATER)
    return {"two dates": lambda: attack_schools([before, after]),
            "whole counts at two dates": lambda: Trust([before, after]).attack()}


def joins(halfterm, work, seed):
    """A school alone and in its trust, and the trust before that school joined."""
    make(halfterm, work / "trust", seed)
    trust_file = work / "trust/trust.yaml"
    head, *blocks = trust_file.read_text().split("  - name: ")
    packs = []
    for name, some in (("all", blocks), ("before", blocks[:-1]), ("alone", blocks[-1:])):
        trust_file.write_text("  - name: ".join([head, *some]))
        packs.append(build(halfterm, work / "trust", work / name))
    return {"alone, in the trust and joining": lambda: attack_schools(packs),
            "whole counts before and after": lambda: Trust(packs).attack(),
            "groups before and after": lambda: check_remainders(packs)}


def schools(trust):
    for block in (trust / "trust.yaml").read_text().split("  - name: ")[1:]:
        yield re.search(r'urn: "(\d+)"', block)[1], trust / re.search(r"exports/[\w-]+", block)[0]


def attack_seed(job):
    """Builds the packs of a seed, attacks them, and returns results and seconds of processor time by name."""
    task, halfterm, seed = job
    def used():
        return sum(os.times()[:4])
    with tempfile.TemporaryDirectory() as folder:
        began = used()
        attacks = task(halfterm, Path(folder), seed)
        found = {"packs built": (Result(), used() - began)}
        for name, attack in attacks.items():
            began = used()
            result = attack()
            result.problems = [(f"seed {seed}, {name}: {problem}", None) for problem, _ in result.problems]
            found[name] = (result, used() - began)
        return found


def attack_trusts(task, halfterm, seeds, processes=2):
    """Attacks the trusts of some seeds side by side; prints a line for each attack, and returns the problems."""
    began = time.monotonic()
    results, seconds, trusts = {}, Counter(), Counter()
    with multiprocessing.Pool(processes) as pool:
        for found in pool.imap_unordered(attack_seed, [(task, halfterm, seed) for seed in seeds]):
            for name, (result, time_used) in found.items():
                results.setdefault(name, Result()).add(result)
                seconds[name] += time_used
                trusts[name] += 1
    for name, result in results.items():
        summary = result.summary() + "; " if result.attacked else ""
        print(f"{trusts[name]} trusts, {name}: {summary}{seconds[name]:.0f} s of processor time")
    print(f"{len(seeds)} trusts in {time.monotonic() - began:.0f} s")
    return [problem for result in results.values() for problem, _ in result.problems]


# What is shown, by school size.

SIZES = (60, 130, 260, 420, 1000)


def figures_shown(job):
    """What the packs of a trust of four schools of one size show: a word for each row of the table and school."""
    halfterm, size, seed = job
    with tempfile.TemporaryDirectory() as folder:
        trust, folder = Path(folder) / "trust", Path(folder) / "pack"
        run(halfterm, "sample", trust, "--schools", 4, "--pupils", size, "--seed", seed)
        pack = build(halfterm, trust, folder)
        pages = {urn: next(folder.glob(f"share/{urn}-*/governor-pack.html")).read_text(encoding="utf-8") for urn in pack.schools}
    found = []
    def word(is_shown):
        return "shown" if is_shown else "not"
    for owner, view in pack.views.items():
        topics = view.topics
        if isinstance(owner, tuple):
            if owner[0] == "Trust":
                found.append(("Looked after, in the row of the trust", word("Looked after" in topics)))
            continue
        text = re.sub(r"<[^>]+>", "", pages[owner])
        found.append(("Gap of disadvantaged pupils on page one", word("Disadvantaged: attendance was" in text)))
        found.append(("Pupils with SEN, together", word("SEN" in topics)))
        found.append(("EHC plan and SEN support, apart", word("SEN provision" in topics)))
        found.append(("FSM", word("FSM" in topics)))
        found.append(("Looked after, at the school", word("Looked after" in topics)))
        found.append(("Sex", word("Sex" in topics)))
        apart = not any("Years" in row or "known" in row for row in topics["NC year"])
        found.append(("Each year group alone", word(topics["NC year"] and apart)))
        ethnic = [row for row in topics["Ethnicity"] if row != OTHER]
        found.append(("Two ethnic groups or more, and all others", word(len(ethnic) > 1)))
        whole = view.value("headline", "", "All pupils", "persistent")
        found.append(("Persistently absent in the school, exact", word(whole.isdigit())))
        severe = view.value("headline", "", "All pupils", "severe")
        found.append(("Severely absent in the school", {"c": "not"}.get(severe, "exact" if severe.isdigit() else "range")))
        found.append(("Each stage of the policy", word(all(
            row["value"] != "c" for (table, _, _, _), row in view.rows.items() if table == "stages"))))
        for topic, name in (("Disadvantage", "disadvantage"), ("SEN", "SEN"), ("Sex", "sex"), ("NC year", "year group")):
            rules = {view.persistent(topic, row)[1] for row in topics[topic]}
            kind = "exact" if "7a" in rules else "nearest 5" if "7b" in rules else "not"
            if topic == "SEN" and "SEN provision" in topics and kind == "not":
                # Any SEN is the sum of parts that are shown.
                rules = {view.persistent("SEN provision", row)[1] for row in topics["SEN provision"]}
                kind = "exact" if "7a" in rules else "nearest 5" if "7b" in rules else "not"
            found.append((f"Persistently absent by {name}", kind))
    return size, found


def shown(halfterm, seeds, processes=2):
    """Prints the table as Markdown."""
    counts = {}
    with multiprocessing.Pool(processes) as pool:
        for size, found in pool.imap(figures_shown, [(halfterm, size, seed) for size in SIZES for seed in seeds]):
            for name, word in found:
                counts.setdefault(name, {}).setdefault(size, Counter())[word] += 1
    print("| Pupils | " + " | ".join(map(str, SIZES)) + " |")
    print("|---" * (len(SIZES) + 1) + "|")
    for name, by_size in counts.items():
        def cell(count):
            if set(count) <= {"shown", "not"}:
                return f"{count['shown']} of {count.total()}"
            names = {"exact": "exact", "range": "range", "nearest 5": "rounded", "not": "hidden"}
            return ", ".join(f"{count[word]} {name}" for word, name in names.items() if count[word])
        print(f"| {name} | " + " | ".join(cell(by_size[size]) for size in SIZES) + " |")
