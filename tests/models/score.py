#!/usr/bin/env python3
"""Counts what `contracts verify --format json` says: a table a target and a group, and what went wrong.

    score.py REPORT…         the reports of one or several runs, each of some targets
"""

import collections
import json
import re
import sys


def main(paths):
    table = collections.defaultdict(lambda: collections.Counter())
    causes = collections.defaultdict(list)
    for path in paths:
        with open(path, encoding="utf-8") as file:
            report = json.load(file)
        for version in report["verified"]["versions"]:
            group, slash, _ = version["contract"].rpartition("/")
            for target, outcome in version["targets"].items():
                rows = {"all", group if slash else "all"}
                for row in (table[target, name] for name in rows):
                    count(row, outcome)
                for cause, place in faults(version["contract"], outcome):
                    causes[target, cause].append(place)
    show(table)
    print()
    ranked = sorted(causes.items(), key=lambda item: (item[0][0], -len(item[1])))
    for (target, cause), places in ranked:
        print(f"{len(places):5} {target:9} {cause}: {'; '.join(places[:3])}")


def count(row, outcome):
    row["schemas"] += 1
    row["generated"] += bool(outcome["files"])
    row["compiled"] += outcome["compiled"]
    right = outcome["compiled"]
    for tried in outcome["documents"]:
        back = tried["round_trip"]
        # What a file's folder says counts, whatever our validator thinks of it.
        if expected(tried):
            row["valid"] += 1
            equal = tried["accepted"] and back in ("equal", "exact")
            row["equal"] += bool(equal)
            row["exact"] += back == "exact"
            right &= bool(equal)
        else:
            row["invalid"] += 1
            row["refused"] += tried["accepted"] is False
            right &= tried["accepted"] is False
    row["perfect"] += right


def expected(tried):
    if "/valid/" in tried["document"]:
        return True
    return tried["expected"] and "/invalid/" not in tried["document"]


def faults(contract, outcome):
    if not outcome["compiled"]:
        yield "not compiled", contract
    for tried in outcome["documents"]:
        name = tried["document"].rsplit("/", 1)[-1]
        place = f"{contract} {name}"
        detail = (tried["detail"] or "").strip().splitlines()
        detail = re.sub(r"\s+", " ", detail[0] if detail else "")[:150]
        if expected(tried):
            if tried["accepted"] is None:
                yield "no answer", f"{place} {detail}"
            elif not tried["accepted"]:
                yield "refused what is valid", f"{place} {detail}"
            elif tried["round_trip"] == "different":
                yield "came back different", f"{place} {detail}"
            elif tried["round_trip"] == "equal":
                yield "spelled otherwise", f"{place} {detail}"
        elif tried["accepted"] is not False:
            yield "accepted what is invalid", place


def show(table):
    columns = ["schemas", "generated", "compiled", "perfect"]
    shares = [("equal", "valid"), ("exact", "valid"), ("refused", "invalid")]
    head = [*columns, *(f"{part}/{whole}" for part, whole in shares)]
    print(f"{'':30}" + "".join(f"{name:>22}" for name in head))
    for (target, group), row in sorted(table.items()):
        cells = []
        for name in columns:
            cells.append(share(row[name], row["schemas"]))
        for part, whole in shares:
            cells.append(share(row[part], row[whole]))
        print(f"{target + ' ' + group:30}" + "".join(f"{cell:>22}" for cell in cells))


def share(part, whole):
    if not whole:
        return "–"
    return f"{part}/{whole} {100 * part / whole:.2f} %"


if __name__ == "__main__":
    main(sys.argv[1:])
