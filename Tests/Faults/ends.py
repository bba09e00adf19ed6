"""Runs that are ended in the middle, by others or by each other."""

import os
import random
import shutil
import signal
import subprocess
import time

from world import Skipped, is_whole, need, only, tree

KILLS = 200
TRACED = ["strace", "-f", "-o", "/dev/null"]


def can_trace():
    if not shutil.which("strace") or subprocess.run([*TRACED, "true"], capture_output=True).returncode:
        raise Skipped("strace is not there, or not permitted")


class Pair:
    """Two trusts, the pack of each, and an output folder with one of them."""

    def __init__(self, world, schools=2, pupils=50):
        self.world = world
        self.trusts = [world.sample(f"trust-{seed}", schools, pupils, seed) for seed in (1, 2)]
        self.trees, self.seconds = [], 0
        for place, trust in enumerate(self.trusts):
            run = world.built(trust, world.path(f"whole-{place}"))
            self.seconds = max(self.seconds, run.seconds)
            self.trees.append(tree(world.path(f"whole-{place}")))
        need(self.trees[0] != self.trees[1], "the two packs are the same")
        self.out, self.temporary = world.path("out"), world.path("tmp")
        os.makedirs(self.temporary)
        shutil.copytree(world.path("whole-0"), f"{self.out}/packs")
        self.packs, self.now = f"{self.out}/packs", 0
        need(tree(self.packs) == self.trees[0], "the copy of a pack is another")

    def start(self, before=()):
        """Builds the pack that is not there."""
        trust = self.trusts[1 - self.now]
        arguments = ["build", trust, "--output", self.packs, "--quiet"]
        return self.world.start(*arguments, before=before, env={"TMPDIR": self.temporary})

    def look(self):
        """Which pack is there: whole, and one of the two."""
        found = tree(self.packs)
        need(found in self.trees, "the folder at the output path is neither the old pack nor the new one")
        need(self.world.run("verify", self.packs).status == 0, "the pack is not as its manifest says")
        swapped = found == self.trees[1 - self.now]
        self.now = self.trees.index(found)
        return swapped

    def leftovers(self):
        return [name for name in os.listdir(self.out) if name != "packs"]

    def finish(self):
        """A good build clears away what the others left."""
        trust = self.trusts[1 - self.now]
        self.world.built(trust, self.packs, env={"TMPDIR": self.temporary})
        need(self.look(), "the good build put no pack in place")
        is_whole(self.world, self.packs)
        only(self.out, "packs")
        only(self.temporary)


def killed_at_random_moments(world):
    pair, chance = Pair(world), random.Random(7)
    reading = writing = swapped = done = 0
    for number in range(KILLS):
        before = set(pair.leftovers())
        # A third of them near the end, where the folders are swapped.
        moment = pair.seconds * (chance.uniform(0, 1) if number % 3 else chance.uniform(0.75, 1.15))
        process = pair.start()
        time.sleep(moment)
        process.kill()
        ended = process.wait() == -signal.SIGKILL
        done += not ended
        left = bool(set(pair.leftovers()) - before)
        if pair.look():
            swapped += ended
        else:
            reading, writing = reading + (ended and not left), writing + (ended and left)
    need(reading > 5 and writing > 20, f"the moments do not spread: {reading} reading, {writing} writing")
    pair.finish()
    return (f"{KILLS} kills: {reading} before writing, {writing} while writing, {swapped} once swapped, {done} too late;"
            " each time the old pack or the new one, whole; nothing left after the next build")


def killed_at_the_swap(world):
    """At the very calls: while files are made, at the swap, and while the old pack is removed behind it."""
    can_trace()
    pair, moments = Pair(world, 1, 20), []
    for call, when in [("renameat2", 1), ("rename", 1), ("rename", 6), ("chmod", 1), ("chmod", 9), ("mkdir", 1),
                       ("mkdir", 3), ("flock", 1), ("rmdir", 1), ("rmdir", 2), ("rmdir", 4), ("rmdir", 7)]:
        if call == "rmdir" and pair.leftovers():
            pair.finish()
        pair.start([*TRACED, "-e", f"trace={call}", "-e", f"inject={call}:signal=KILL:when={when}"]).wait()
        moments.append("new" if pair.look() else "old")
    need(moments.count("old") > 5 and moments.count("new") > 3, f"the calls are not those that were meant: {moments}")
    pair.finish()
    return f"killed at {len(moments)} chosen calls: {moments.count('old')} old, {moments.count('new')} new, each whole"


def killed_where_folders_cannot_be_swapped(world):
    """A file system without the exchange of two folders: the old pack is moved aside, and put back by the next run."""
    can_trace()
    pair = Pair(world, 1, 20)
    base = [*TRACED, "-P", pair.packs, "-e", "trace=rename,renameat2", "-e", "inject=renameat2:error=EINVAL"]
    need(pair.start(base).wait() in (0, 1) and pair.look(), "without the exchange: the new pack is not put in place")
    only(pair.out, "packs")
    # The old pack is aside, and the run held up there until it is killed.
    slow = [*base, "-e", "inject=rename:delay_exit=1500000:when=1"]
    for fails in (True, False):
        process = pair.start(slow)
        while os.path.exists(pair.packs):
            need(process.poll() is None, "the run was not held up")
            time.sleep(0.005)
        asides = [name for name in pair.leftovers() if name.endswith("-old")]
        need(len(asides) == 1, f"the old pack is nowhere: {pair.leftovers()}")
        os.kill(int(asides[0].split("halfterm-")[1].split("-")[0]), signal.SIGKILL)
        process.wait()
        need(not os.path.exists(pair.packs), "it was not killed between the two steps")
        if fails:
            # A run that is itself killed once it has begun to write has put the old pack back by then.
            pair.start([*TRACED, "-e", "trace=chmod", "-e", "inject=chmod:signal=KILL:when=1"]).wait()
            need(not pair.look(), "the old pack is not put back")
    pair.finish()
    return "the new pack is put in place; killed between the two steps, the next run puts the old one back first"


def asked_to_end(world):
    """SIGTERM, SIGINT, SIGHUP and SIGQUIT: no half-made folder is left, and no core."""
    pair, chance = Pair(world), random.Random(11)
    ended = dict.fromkeys((signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT), 0)
    for number in range(48):
        asked = list(ended)[number % 4]
        process = pair.start()
        time.sleep(pair.seconds * chance.uniform(0.05, 0.7))
        process.send_signal(asked)
        status = process.wait(timeout=10)
        # SIGQUIT may be blocked in every thread; the run then ends with its number.
        need(status in (-asked, 128 + asked, 0, 1), f"{asked.name}: ended with {status}")
        ended[asked] += status in (-asked, 128 + asked)
        pair.look()
        only(pair.out, "packs")
        # libxlsxwriter may open a temporary file there in the very moment between the end of the folder and of the run.
        for name in os.listdir(pair.temporary):
            need(os.path.getsize(f"{pair.temporary}/{name}") == 0, f"{name} in TMPDIR is not empty")
            os.remove(f"{pair.temporary}/{name}")
    need(min(ended.values()) > 5, f"the signals came too late: {ended}")
    return f"{sum(ended.values())} runs ended by SIGTERM, SIGINT, SIGHUP and SIGQUIT, each with that signal; a whole pack, and no folder left"


def two_runs_at_once(world):
    pair, chance = Pair(world, 2, 60), random.Random(3)
    statuses = []
    for number in range(12):
        before = pair.now
        processes = []
        for place in (0, 1, 0) if number % 3 == 0 else (0, 1):
            pair.now = place
            processes.append(pair.start())
            time.sleep(chance.uniform(0, pair.seconds / 2))
        pair.now = before
        statuses += [process.wait(timeout=60) for process in processes]
        pair.look()
        only(pair.out, "packs")
    need(all(status in (0, 1) for status in statuses), f"exit codes {statuses}")
    shutil.rmtree(pair.packs)
    processes = [pair.start() for _ in range(2)]
    statuses += [process.wait(timeout=60) for process in processes]
    need(tree(pair.packs) == pair.trees[1 - pair.now], "the first pack of two runs is not whole")
    only(pair.out, "packs")
    return f"{len(statuses)} runs, two or three at a time: each done, the result one whole pack, nothing left"


FAULTS = [killed_at_random_moments, killed_at_the_swap, killed_where_folders_cannot_be_swapped, asked_to_end, two_runs_at_once]
