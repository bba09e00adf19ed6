"""Files that change while they are read, and files that are made to exhaust time or memory."""

import os
import random
import threading
import time

from world import HEAD, OTHER, SURNAME, Broken, good_rows, is_whole, need, only, small_trust, tree, upn, write

CHANGED = "while it was read"


def large(days=3000):
    """Rows of a register, some MB."""
    return HEAD + "".join(
        f"{upn(n)},{SURNAME},x,2025-{9 + day // 28 % 4:02}-{1 + day % 28:02},{half},/\n"
        for day in range(days // 28 * 28) for n in range(1, 9) for half in ("AM", "PM"))


def changed_while_read(world):
    """Cut, lengthened, rewritten and replaced again and again while runs read it."""
    text, chance, told = large(8000).encode(), random.Random(5), 0
    folder = world.small("workspace", register=text)
    register, packs = f"{folder}/exports/register.csv", world.path("out/packs")
    world.built(folder, packs)
    cases = {}

    def cut(_):
        os.truncate(register, chance.randrange(1, len(text)))

    def lengthen(_):
        with open(register, "ab") as file:
            file.write(text[len(HEAD):])

    def rewrite(_):
        with open(register, "r+b") as file:
            file.write(text.replace(b"/", b"I")[: len(text) // 2])

    def replace(_):
        write(f"{register}.new", text[: len(text) // 2] + b"\n")
        os.replace(f"{register}.new", register)

    for case in (cut, lengthen, rewrite, replace):
        told = 0
        for _ in range(10):
            write(register, text)
            before = tree(packs)
            stop = threading.Event()

            def harm():
                for _ in range(20):
                    if stop.wait(chance.uniform(0, 0.03)):
                        return
                    try:
                        case(None)
                    except OSError:
                        pass

            thread = threading.Thread(target=harm)
            run = world.build(folder, packs, during=lambda _: thread.start())
            stop.set()
            thread.join()
            if run.status not in (0, 1):
                told += CHANGED in run.said
                need(run.status in (2, 3) and "register.csv" in run.said, f"exit {run.status}: {run.said[:300]}")
                need(tree(packs) == before, "the old pack was touched by a run that failed")
            is_whole(world, packs)
            only(world.path("out"), "packs")
        cases[case.__name__] = told
    need(cases["cut"] and cases["rewrite"] and cases["lengthen"], f"not told of: {cases}")
    return f"40 runs, none ended by a signal; told of as changed while read: {cases}; the old pack or a new one, whole"


def changed_between_readings(world):
    """The trust file, the pupils, the policy and the benchmarks are read first and hashed later."""
    from_strace = world.small("workspace", register=large(4000))
    packs = world.path("out/packs")
    world.built(from_strace, packs)
    told = 0
    for number in range(12):
        stop = threading.Event()

        def harm():
            for turn in range(200):
                if stop.wait(0.01):
                    return
                write(f"{from_strace}/trust.yaml.new", small_trust().replace("Small", f"Small{turn}"))
                os.replace(f"{from_strace}/trust.yaml.new", f"{from_strace}/trust.yaml")

        thread = threading.Thread(target=harm)
        run = world.build(from_strace, packs, during=lambda _: thread.start())
        stop.set()
        thread.join()
        need(run.status in (0, 1, 3), f"exit {run.status}: {run.said[:300]}")
        told += run.status == 3 and "trust.yaml" in run.said
        is_whole(world, packs)
    need(told >= 6, f"told of {told} times in 12")
    return f"a trust file that is replaced all the time: told of in {told} of 12 runs"


def strange_inputs(world):
    """Places that are no files; nothing hangs."""
    words = []
    folder = world.small("workspace")
    packs = world.path("packs")
    register = f"{folder}/exports/register.csv"

    def expect(status, said, *more, what):
        run = world.build(folder, packs, *more, seconds=8)
        need(run.status == status and said in run.said, f"{what}: exit {run.status}: {run.said[:300]}")
        need(not os.path.exists(packs), f"{what}: something was written")
        words.append(what)

    for path in ("exports/register.csv", "exports/pupils.csv", "trust.yaml", "words.md", "logo.svg", "own.yaml", "bench.csv"):
        whole = f"{folder}/{path}"
        more = {"words.md": ("", "    commentary: words.md\n"), "logo.svg": ("logo: logo.svg\n", ""),
                "own.yaml": ("", "    policy: own.yaml\n"), "bench.csv": ("benchmarks: [bench.csv]\n", "")}
        kept = open(whole, "rb").read() if os.path.exists(whole) else None
        if path in more:
            write(f"{folder}/trust.yaml", small_trust(*more[path]))
        for kind in ("folder", "pipe", "/dev/zero", "/dev/stdin", "/proc/kmsg", "nowhere"):
            if os.path.lexists(whole):
                os.remove(whole)
            if kind == "folder":
                os.mkdir(whole)
            elif kind == "pipe":
                os.mkfifo(whole)
            else:
                os.symlink(kind, whole)
            # Without its trust file the folder of exports is read for itself.
            if path == "trust.yaml" and kind == "nowhere":
                os.remove(whole)
                continue
            expect(2, path if path != "own.yaml" else "own", what=f"{path} is {kind}")
            os.rmdir(whole) if kind == "folder" else os.remove(whole)
        if kept is not None:
            write(whole, kept)
        write(f"{folder}/trust.yaml", small_trust())
    templates = world.path("templates")
    for kind in ("folder", "pipe", "/dev/zero"):
        os.makedirs(f"{templates}/letters", exist_ok=True)
        for path in ("pack.mustache", "letters/meeting.mustache"):
            whole = f"{templates}/{path}"
            os.mkdir(whole) if kind == "folder" else os.mkfifo(whole) if kind == "pipe" else os.symlink(kind, whole)
            run = world.build(folder, packs, "--templates", templates, seconds=8)
            need(run.status in (2, 3) and path in run.said, f"{path} is {kind}: exit {run.status}: {run.said[:300]}")
            os.rmdir(whole) if kind == "folder" else os.remove(whole)
            words.append(path)
    for pattern in ("/etc/*", "../*", "/etc/passwd", "out/*", "out/passwd", "exports/../../*"):
        if not os.path.lexists(f"{folder}/out"):
            os.symlink("/etc", f"{folder}/out")
        write(f"{folder}/trust.yaml", small_trust(registers=pattern))
        expect(2, "trust.yaml:", what=f"registers: {pattern}")
    return f"{len(words)} places that are no file of the workspace: each refused in words, nothing read, nothing waited for"


def patterns_and_aliases(world):
    """YAML that grows or is deep, in the trust file and in a policy; each is refused in its bounds."""
    folder, packs = world.small("workspace"), world.path("packs")
    laughs = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{b}: &{b} [{','.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi"))
    cases = {"aliases": laughs, "deep": "name: " + "[" * 100_000, "deep map": "name: " + "{a: " * 50_000,
             "a long text": f"name: {'x' * 30_000_000}\n", "many keys": "".join(f"k{n}: 1\n" for n in range(200_000)),
             "merge": "a: &a {x: 1}\n" + "b: {<<: *a}\n" * 50_000, "NULs": "name: \0\0\n", "no text": b"\xff\xfe\xfa"}
    for name, text in cases.items():
        for path in ("trust.yaml", "own.yaml"):
            write(f"{folder}/{path}", text)
            if path == "own.yaml":
                write(f"{folder}/trust.yaml", small_trust(school="    policy: own.yaml\n"))
            run = world.build(folder, packs, megabytes=2000 if len(text) > 1e7 else 300)
            need(run.status == 2 and len(run.said) < 2000, f"{name} in {path}: exit {run.status}: {run.said[:300]}")
    need(not os.path.exists(packs), "something was written")
    return f"{len(cases)} cases in a trust file and in a policy: each refused in words"


def hostile_benchmarks(world):
    """Benchmark files that are no figures of DfE's, or too much of them."""
    head = "series,time_period,period,education_phase,breakdown_topic,breakdown,measure,value,status,source\n"
    row = "daily,202526,Year to date,Primary,Total,Total,attendance,95,,x\n"

    def lines(path):
        with open(path, "w") as file:
            file.write(head)
            for number in range(1_000_000):
                file.write(f"daily,{number},=cmd|x,Primary,Total,Total,attendance,?,,x\n")

    def sparse(path):
        write(path, head)
        os.truncate(path, 1 << 30)

    def cell(path):
        with open(path, "w") as file:
            file.write(head + '"')
            for _ in range(256):
                file.write("x" * (1 << 20))

    cases = {"empty": "", "binary": os.urandom(100_000), "10,000 columns": ",".join(["x"] * 10_000) + "\n",
             "columns twice": head.strip() + "," + head + row, "NULs": head + "\0" * 100_000 + "\n",
             "an open quote": head + '"' + row * 1000, "formulas": head + row.replace("95", "=1+1"),
             "not a number": head + row.replace("95", "1e400"), "a million bad rows": lines, "a sparse gigabyte": sparse,
             "a cell of 256 MB": cell}
    folder, packs = world.small("workspace", trust=small_trust("benchmarks: [bench.csv]\n")), world.path("packs")
    worst = (0, 0)
    for name, text in cases.items():
        text(f"{folder}/bench.csv") if callable(text) else write(f"{folder}/bench.csv", text)
        run = world.build(folder, packs)
        need(run.status == 2 and "bench.csv" in run.said and len(run.said) < 20_000,
             f"{name}: exit {run.status}: {run.said[:300]}")
        worst = max(worst[0], run.seconds), max(worst[1], run.peak)
    need(not os.path.exists(packs), "something was written")
    return f"{len(cases)} files, each refused in words; at most {worst[0]:.1f} s and {worst[1]} MB"


def a_million_findings(world):
    """A whole build of them, in bounds; the finding stands once with its count."""
    rows = (f"{upn(1 + n % 2)},{SURNAME},x,2025-09-31,AM,?\n" for n in range(1_000_000))
    folder, packs = world.small(
        "workspace", register=HEAD + good_rows() + "".join(rows), trust=small_trust(school="    accept_refused: true\n")), world.path("packs")
    run = world.build(folder, packs)
    need(run.status == 1, f"exit {run.status}: {run.said[:300]}")
    size = os.path.getsize(f"{packs}/restricted/data/findings.csv")
    need(size < 100_000, f"findings.csv has {size} bytes")
    is_whole(world, packs)
    return f"done with warnings in {run.seconds:.1f} s and {run.peak} MB, findings.csv of {size} bytes"


FAULTS = [changed_while_read, changed_between_readings, strange_inputs, patterns_and_aliases, hostile_benchmarks,
          a_million_findings]
