"""Disks that are full, and places for temporary files that are full or cannot be written."""

import os
import shutil
import signal
import subprocess
import time

from world import Skipped, is_whole, need, only, tree

FULL = "No space left on device"


class Disk:
    """A small file system, mounted while it is used: one in memory, or that of an image."""

    def __init__(self, path, kilobytes=0, image=None):
        self.path = path
        self.what = ["-t", "tmpfs", "-o", f"size={kilobytes}k,mode=0755", "tmpfs"]
        if image:
            # Its journal is written each second, where five would be waited for.
            self.what = ["-t", "ext4", "-o", "loop,commit=1", image]

    def __enter__(self):
        os.makedirs(self.path, exist_ok=True)
        if subprocess.run(["mount", *self.what, self.path], capture_output=True).returncode:
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


def power_cut(world):
    """What is on a disk at some moments after a run is all that a power cut at that moment would leave."""
    if not shutil.which("mkfs.ext4"):
        raise Skipped("no mkfs.ext4 here")
    little, large = world.sample("little", 1, 15), world.sample("large", 1, 90)
    world.built(little, world.path("old"))
    world.built(large, world.path("new"))
    image, found = world.path("image"), []
    with open(image, "wb") as file:
        file.truncate(64 << 20)
    subprocess.run(["mkfs.ext4", "-q", "-F", image], check=True)
    with Disk(world.path("disk"), image=image) as disk:
        shutil.copytree(world.path("old"), f"{disk.path}/packs")
        os.sync()
        world.built(large, f"{disk.path}/packs")
        for moment in range(3):
            shutil.copyfile(image, f"{image}-{moment}")
            time.sleep(1.5)
    for moment in range(3):
        with Disk(world.path("found"), image=f"{image}-{moment}") as disk:
            is_whole(world, f"{disk.path}/packs")
            now = tree(f"{disk.path}/packs")
            need(now in (tree(world.path("old")), tree(world.path("new"))), "the pack on the disk is neither of the two")
            found.append("new" if now == tree(world.path("new")) else "old")
    need(found[-1] == "new", f"the journal was not written: {found}")
    return f"at three moments after the run: {', '.join(found)}; each whole"


FAULTS = [
    full_disk, power_cut, full_place_for_temporary_files, no_place_for_temporary_files, full_standard_output,
    limited_size_of_files,
]
