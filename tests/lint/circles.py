"""Circles of links between the objects of one folder, and between the rooms of one, as TAP.

A unit that cannot be linked without its neighbour is one with it; two that cannot be
linked apart are two names for one thing. The linker's own list of symbols (nm) says who
needs whom. Objects are read where the build is; without any there is nothing to say.
"""
import os
import subprocess
import sys

WHERE = os.path.join(os.environ.get("MERCAT_BUILDDIR", "."), "src")
SOURCE = os.path.join(os.environ.get("MERCAT_SRCDIR", "."), "src")


def objects(build, source):
    """unit ("web/answer") -> its object; what has no source any more is left over."""
    found = {}
    for here, _, names in os.walk(build):
        for name in names:
            unit = os.path.relpath(os.path.join(here, name[:-2]), build)
            if name.endswith(".o") and os.path.exists(os.path.join(source, unit + ".c")):
                found[unit] = os.path.join(here, name)
    return found


def symbols(found):
    """unit -> (what it defines, what it needs); nm is asked once for all of them."""
    units = {path: (set(), set()) for path in found.values()}
    listing = subprocess.run(["nm", "-A", "-g", "-P", *units], text=True, check=True,
                             stdout=subprocess.PIPE).stdout
    for line in listing.splitlines():
        path, name, kind = line.split()[:3]
        units[path.removesuffix(":")][kind in "Uvw"].add(name)
    return {unit: units[path] for unit, path in found.items()}


def edges_of(units):
    """units: unit -> (defined, needed). unit -> the units of its folder that it needs."""
    owner = {name: unit for unit, (defined, _) in units.items() for name in defined}
    return {unit: {owner[name] for name in needed
                   if name in owner and owner[name] != unit
                   and os.path.dirname(owner[name]) == os.path.dirname(unit)}
            for unit, (_, needed) in units.items()}


def rooms_of(units):
    """The same of the rooms of a folder, "staff/coding", and of those of another folder none: what
    one includes is held by layers(), but a declaration may lie lower than what it declares."""
    rooms = {}
    for unit, (defined, needed) in units.items():
        room = rooms.setdefault(os.path.dirname(unit), (set(), set()))
        room[0].update(defined)
        room[1].update(needed)
    owner = {name: room for room, (defined, _) in rooms.items() for name in defined}
    return {room: {owner[name] for name in needed
                   if name in owner and owner[name] != room
                   and owner[name].split("/")[0] == room.split("/")[0]}
            for room, (_, needed) in rooms.items()}


def reached(edges, start):
    seen, todo = set(), [start]
    while todo:
        for other in edges[todo.pop()]:
            if other not in seen:
                seen.add(other)
                todo.append(other)
    return seen


def circles(edges):
    """Each set of units that all reach each other, once, in order."""
    reach = {unit: reached(edges, unit) for unit in edges}
    found = {tuple(sorted(other for other in reach[unit] if unit in reach[other]))
             for unit in edges if unit in reach[unit]}
    return sorted(found)


def faults(edges):
    for circle in circles(edges):
        folder = os.path.dirname(circle[0])
        names = ", ".join(os.path.basename(unit) for unit in circle)
        yield f"src/{folder}: {names} cannot be linked apart"


def faults_of_rooms(units):
    for circle in circles(rooms_of(units)):
        yield f"src/: the rooms {', '.join(circle)} cannot be linked apart"


def blind_spots():
    """What the search itself must find, and must not."""
    line = {"a/x": ({"x"}, {"y", "puts"}), "a/y": ({"y"}, {"z"}), "a/z": ({"z"}, set())}
    ring = {**line, "a/z": ({"z"}, {"x"})}
    apart = {**line, "b/z": ({"far"}, {"x"}), "a/z": ({"z"}, {"far"})}
    if list(faults(edges_of(line))):
        yield "units in a line are called a circle"
    if list(faults(edges_of(apart))):
        yield "units of two folders are called a circle inside one"
    if circles(edges_of(ring)) != [("a/x", "a/y", "a/z")]:
        yield "a circle of three units is not found"
    if not list(faults(edges_of(ring))):
        yield "a circle of three units is found and not told"
    halls = {"a/x/one": ({"one"}, {"two"}), "a/y/two": ({"two"}, set()),
             "a/x/three": ({"three"}, set()), "b/four": ({"four"}, {"one"})}
    if list(faults_of_rooms(halls)):
        yield "rooms in a line are called a circle"
    if not list(faults_of_rooms({**halls, "a/y/two": ({"two"}, {"three"})})):
        yield "a circle of two rooms is not found"


def main():
    found = objects(WHERE, SOURCE)
    if not found:
        print(f"1..0 # SKIP no objects under {WHERE}")
        return 0
    units = symbols(found)
    results = (("no link circle inside a folder", list(faults(edges_of(units)))),
               ("no link circle of rooms", list(faults_of_rooms(units))),
               ("link circles: the bad examples are found", list(blind_spots())))
    print(f"1..{len(results)}")
    for number, (name, told) in enumerate(results, 1):
        print(f"{'not ok' if told else 'ok'} {number} - {name}")
        for fault in told:
            print(f"# {fault}")
    return 0


sys.exit(main())
