"""Disks that are full, and places for temporary files that are full or cannot be written."""

import os
import shutil
import signal
import subprocess

from world import Skipped, is_whole, need, only, tree

FULL = "No space left on device"


class Disk:
    """A small file system in memory, mounted while it is used."""

    def __init__(self, path, kilobytes):
        self.path, self.kilobytes = path, kilobytes

    def __enter__(self):
        os.makedirs(self.path, exist_ok=True)
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={self.kilobytes}k,mode=0755", "tmpfs", self.path], capture_output=True)
        if mounted.returncode:
            raise Skipped("a file system may not be mounted here")
        return self

    def __exit__(self, *_):
        subprocess.run(["umount", "-l", self.path], check=True)


def size(folder):
    """Unit: kB, as a file system of pages of 4 kB holds it."""
    return sum(4 + (os.lstat(os.path.join(place, name)).st_size + 4095 >> 12 << 2)
               for place, folders, files in os.walk(folder) for name in files + folders)


def full_disk(world):
    """The disk of the output folder, full after more and more of the new pack."""
    little, large = world.sample("little", 1, 15), world.sample("large", 1, 90)
    world.built(little, world.path("old"))
    world.built(large, world.path("new"))
    least, most = size(world.path("old")) + 60, size(world.path("old")) + size(world.path("new")) + 100
    failed = done = 0
    for step in range(24):
        with Disk(world.path("disk"), least + (most - least) * step // 23) as disk:
            packs = f"{disk.path}/packs"
            shutil.copytree(world.path("old"), packs)
            before = tree(packs)
            run = world.build(large, packs)
            only(disk.path, "packs")
            is_whole(world, packs)
            if run.status in (0, 1):
                done += 1
                need(tree(packs) == tree(world.path("new")), "the pack on the small disk is another")
                continue
            failed += 1
            need(run.status == 3, f"exit {run.status}: {run.said[:300]}")
            need(FULL in run.said or "as on a full disk" in run.said, f"not plain: {run.said[:300]}")
            need(run.said.count("\n") == 1 and run.said.startswith("halfterm: "), f"not one line: {run.said[:300]}")
            need(tree(packs) == before, "the old pack was touched")
    need(failed > 10 and done > 0, f"the sizes do not spread: {failed} failed, {done} done")
    return f"{failed} sizes too small: exit 3, one plain line, the old pack untouched, nothing left; {done} large enough"


def full_place_for_temporary_files(world):
    """Nothing is made there: workbooks hold names, and a full one once cut their sheets short without a word."""
    trust = world.sample("trust", 1, 90)
    world.built(trust, world.path("whole"))
    for kilobytes in (8, 100, 300):
        with Disk(world.path("tmp"), kilobytes) as disk:
            with open(f"{disk.path}/full", "wb") as file:
                try:
                    file.write(b"x" * (kilobytes << 10))
                except OSError:
                    pass
            world.built(trust, world.path("packs"), env={"TMPDIR": disk.path})
            only(disk.path, "full")
        need(tree(world.path("packs")) == tree(world.path("whole")), "the pack is another")
    is_whole(world, world.path("packs"))
    return "the packs are whole and the same; nothing is written there"


def no_place_for_temporary_files(world):
    trust = world.sample("trust", 1, 30)
    world.built(trust, world.path("whole"))
    for place in ("/nowhere", "/proc", "/dev/null", ""):
        world.built(trust, world.path("packs"), env={"TMPDIR": place})
        need(tree(world.path("packs")) == tree(world.path("whole")), "the pack is another")
    return "TMPDIR that is not there, cannot be written, or is a file: the packs are the same"


def full_standard_output(world):
    trust = world.sample("trust", 1, 15)
    world.built(trust, world.path("packs"))
    for command in (["check", trust], ["verify", world.path("packs")], ["policy", "--list"], ["--help"],
                    ["build", trust, "--output", world.path("packs")]):
        with open("/dev/full", "wb") as full, open(world.path("said"), "w+b") as said:
            process = world.start(*command, out=full, err=said)
            status = process.wait(timeout=20)
            said.seek(0)
            words = said.read().decode()
        need(status == 3 and FULL in words and words.count("\n") == 1, f"{command[0]}: exit {status}: {words[:300]}")
        with open("/dev/full", "wb") as full:
            need(world.start(*command, err=full).wait(timeout=20) in (0, 1), f"{command[0]}: standard error is full")
    is_whole(world, world.path("packs"))
    return "exit 3 and one plain line; where standard error is full, nothing changes"


def limited_size_of_files(world):
    """ulimit -f: the system ends the run, or refuses the file."""
    trust = world.sample("trust", 1, 60)
    world.built(trust, world.path("out/packs"))
    before = tree(world.path("out/packs"))
    for ignored in ("", "trap '' XFSZ; "):
        before_words = ["bash", "-c", f"{ignored}ulimit -f 20; exec \"$@\"", "bash"]
        status = world.start("build", world.sample("other", 1, 60, 2), "--output", world.path("out/packs"), "--quiet",
                             before=before_words).wait(timeout=20)
        need(status in ((3,) if ignored else (3, -signal.SIGXFSZ)), f"exit {status}")
        need(tree(world.path("out/packs")) == before, "the old pack was touched")
    world.built(trust, world.path("out/packs"))
    only(world.path("out"), "packs")
    return "ended by the signal, or exit 3 where it is ignored; the old pack untouched, nothing left after the next build"


FAULTS = [full_disk, full_place_for_temporary_files, no_place_for_temporary_files, full_standard_output, limited_size_of_files]
