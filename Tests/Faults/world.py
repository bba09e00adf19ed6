"""What the faults have in common: the program and how it is run, made-up trusts, packs and what must hold of them."""

import hashlib
import os
import signal
import stat
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from xml.etree import ElementTree

SECONDS, MEGABYTES = 20, 300
# Names of the workspace that is made here; nothing that is printed may hold one.
SURNAME, FORENAME, OTHER = "Quillfeather", "Marigold", "Peregrine"
LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
HEAD = "UPN,Surname,Forename,Date,Session,Mark\n"


class Broken(Exception):
    """What does not hold."""


class Skipped(Exception):
    """Why a fault cannot be tried here."""


def need(holds, words):
    if not holds:
        raise Broken(words)


def upn(number):
    digits = str(80120000000 + number).zfill(12)
    return LETTERS[sum((place + 2) * int(digit) for place, digit in enumerate(digits)) % 23] + digits


class Run:
    """A run of the program: its exit code (negative for a signal), its words, seconds and the most memory it held."""

    def __init__(self, status, out, err, seconds, peak):
        self.status, self.out, self.err, self.seconds, self.peak = status, out, err, seconds, peak
        self.said = out + err


class World:
    """The program, and a folder to work in."""

    def __init__(self, program, folder):
        self.program, self.folder = program, folder
        self.printed = []
        self.lock = threading.Lock()

    def path(self, name):
        return f"{self.folder}/{name}"

    def start(self, *arguments, before=(), env=None, cwd=None, umask=None, out=None, err=None):
        environment = {**os.environ, "SWIFT_BACKTRACE": "enable=no", **(env or {})}
        return subprocess.Popen(
            [*before, self.program, *arguments], stdin=subprocess.DEVNULL, stdout=out or subprocess.DEVNULL,
            stderr=err or subprocess.DEVNULL, env=environment, cwd=cwd, umask=-1 if umask is None else umask)

    def run(self, *arguments, seconds=SECONDS, megabytes=MEGABYTES, during=None, **how):
        """Runs the program to its end. Breaks where it hangs, dies of a signal, takes too much memory, or prints a name."""
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            began = time.monotonic()
            process = self.start(*arguments, out=out, err=err, **how)
            killer = threading.Timer(seconds, process.kill)
            killer.start()
            if during:
                during(process)
            _, ended, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(ended)
            killer.cancel()
            out.seek(0), err.seek(0)
            run = Run(process.returncode, out.read().decode(errors="replace"), err.read().decode(errors="replace"),
                      time.monotonic() - began, usage.ru_maxrss >> 10)
        words = f"{' '.join(arguments[:1])}: exit {run.status}, {run.seconds:.1f} s, {run.peak} MB: {run.said[:400]}"
        need(run.status >= 0, f"ended by {signal.Signals(-run.status).name if run.status < 0 else ''}: {words}")
        need(run.peak < megabytes, f"more than {megabytes} MB: {words}")
        need("Fatal error" not in run.said and "[ERROR]" not in run.said, f"words of a library's: {words}")
        for name in (SURNAME, FORENAME, OTHER, upn(1), upn(2)):
            need(name.lower() not in run.said.lower(), f"a name is printed: {words}")
        return run

    def build(self, workspace, output, *more, **how):
        return self.run("build", workspace, "--output", output, "--quiet", *more, **how)

    def built(self, workspace, output, *more, **how):
        """A build that must be done."""
        run = self.build(workspace, output, *more, **how)
        need(run.status in (0, 1), f"build: exit {run.status}: {run.said[:400]}")
        return run

    def sample(self, name, schools, pupils, seed=1):
        path = self.path(name)
        if not os.path.exists(path):
            run = self.run("sample", path, "--schools", str(schools), "--pupils", str(pupils), "--seed", str(seed))
            need(run.status == 0, run.said)
        return path

    def small(self, name, register=None, pupils=None, trust=None):
        """A workspace of one school and two pupils with canaries for names."""
        folder = self.path(name)
        if pupils is None:
            pupils = "UPN,Surname,Forename,DOB,Year\n" + "".join(
                f"{upn(n)},{SURNAME},{forename},2016-05-01,4\n" for n, forename in ((1, FORENAME), (2, OTHER)))
        write(f"{folder}/exports/register.csv", register if register is not None else HEAD + good_rows())
        write(f"{folder}/exports/pupils.csv", pupils)
        write(f"{folder}/trust.yaml", trust or small_trust())
        return folder


def small_trust(top="", school="", registers="exports/register.csv"):
    return (f"name: Small Trust\n{top}schools:\n  - name: One School\n    urn: \"100009\"\n    phase: primary\n{school}"
            f"    registers: [\"{registers}\"]\n    pupils: [exports/pupils.csv]\n")


def good_rows(days=range(8, 13)):
    return "".join(
        f"{upn(n)},{SURNAME},{forename},2025-09-{day:02},{half},{mark}\n"
        for n, forename in ((1, FORENAME), (2, OTHER)) for day in days for half, mark in (("AM", "/"), ("PM", "\\")))


def write(path, data):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(data if isinstance(data, bytes) else data.encode())


def tree(folder):
    """A hash of every file, its mode, and every folder, below a folder; of nothing where there is none."""
    whole = hashlib.sha256()
    for place, folders, files in os.walk(folder):
        folders.sort()
        for name in sorted(files) + folders:
            path = os.path.join(place, name)
            facts = os.lstat(path)
            whole.update(f"{os.path.relpath(path, folder)} {facts.st_mode:o}\n".encode(errors="surrogateescape"))
            if stat.S_ISREG(facts.st_mode):
                with open(path, "rb") as file:
                    whole.update(hashlib.sha256(file.read()).digest())
    return whole.hexdigest()


def listing(folder):
    """Everything below a folder, with sizes, times and modes of what are files."""
    found = {}
    for place, folders, files in os.walk(folder):
        for name in folders + files:
            facts = os.lstat(os.path.join(place, name))
            found[os.path.join(place, name)] = (
                facts.st_mode, facts.st_ino, *((facts.st_size, facts.st_mtime_ns) if stat.S_ISREG(facts.st_mode) else ()))
    return found


def is_whole(world, pack):
    """Breaks unless a pack is as its manifest says and every part of its workbooks is well-formed XML."""
    run = world.run("verify", pack)
    need(run.status == 0, f"verify {pack}: exit {run.status}: {run.said[:300]}")
    for place, _, files in os.walk(pack):
        for name in (name for name in files if name.endswith(".xlsx")):
            with zipfile.ZipFile(os.path.join(place, name)) as book:
                for part in book.namelist():
                    try:
                        ElementTree.fromstring(book.read(part))
                    except ElementTree.ParseError as error:
                        raise Broken(f"{name}: {part} is no XML: {error}") from error


def only(folder, *names):
    need(sorted(os.listdir(folder)) == sorted(names), f"in the folder: {sorted(os.listdir(folder))}, not {sorted(names)}")
