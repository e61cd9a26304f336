#!/usr/bin/env python3
"""Counts the witnesses of verses straight from the TEI, without any of Isnad's code.

It shares nothing with the import: its own XML parser (the one of Python), its own lengths of the
sūras (a CSV with the columns sura and ayas), its own reading of the page keys. What it counts can
be held against an export of the imported graph.

    python3 bench/independent-witness-count.py TEI_FOLDER SURA_TABLE.csv
        [--verses 2:255,36:1] [--random 30] [--seed 1] [--nquads EXPORT.nq]

For each verse: page passages that bear it, manuscripts that bear it on a page, manuscripts of which
only the whole is said to bear it (a range too long for a page), and doubtful passages. With
--nquads the same is counted in the export, and the exit code is 1 if any number differs.
"""

import argparse
import collections
import csv
import pathlib
import random
import re
import sys
import xml.etree.ElementTree as ElementTree

TEI = "{http://www.tei-c.org/ns/1.0}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
KEY = re.compile(r"(\d+):(\d+):(\d+|0-1)-(\d+):(\d+):(\d+|0-1)")
PAGE_VERSES_MAX = 150
# What an entry holds where nothing was entered; it stands where a page beside it goes on with sura 1.
OPENING = "001:001:000-001:001:000"


def read_sura_lengths(file):
    with open(file, encoding="utf-8", newline="") as table:
        return {int(row["sura"]): int(row["ayas"]) for row in csv.DictReader(table)}


def read_pages(folder):
    """Yields (record, label, key) for every page entry of every manuscript file."""
    for file in sorted(pathlib.Path(folder).glob("manuscript-*.xml")):
        root = ElementTree.parse(file).getroot()
        for entry in root.iter(TEI + "msItem"):
            for title in entry.iter(TEI + "title"):
                yield root.get(XML_ID), entry.get("n"), title.get("key")


def place(key, lengths):
    """The first and last verse of a key as (sura, verse) pairs, or None where it has no place."""
    match = KEY.fullmatch(key)
    if not match:
        return None
    sura1, verse1, sura2, verse2 = (int(match[group]) for group in (1, 2, 4, 5))
    word1, word2 = (None if "-" in match[group] else int(match[group]) for group in (3, 6))
    if sura1 not in lengths or sura2 not in lengths:
        return None
    if verse1 > lengths[sura1] or verse2 > lengths[sura2]:
        return None
    if (sura2, verse2) < (sura1, verse1):
        return None
    if (sura1, verse1) == (sura2, verse2):
        if verse1 == 0:
            return None
        if word1 is not None and word2 not in (None, 0) and word2 < word1:
            return None
    first = (sura1, verse1 or 1)
    last = (sura2, verse2) if verse2 else (sura2 - 1, lengths[sura2 - 1])
    return first, last


def count_verses(first, last, lengths):
    (sura1, verse1), (sura2, verse2) = first, last
    if sura1 == sura2:
        return verse2 - verse1 + 1
    between = sum(lengths[sura] for sura in range(sura1 + 1, sura2))
    return lengths[sura1] - verse1 + 1 + between + verse2


def read_passages(folder, lengths):
    """All placed passages as (record, first, last, evidence, doubtful)."""
    by_record = collections.defaultdict(list)
    for record, label, key in read_pages(folder):
        by_record[record].append((label, key, place(key, lengths)))
    passages = []
    for record, pages in by_record.items():
        coverage_labels = {
            label
            for label, _, extent in pages
            if extent and count_verses(*extent, lengths) > PAGE_VERSES_MAX
        }
        openings = [place for place, (_, key, _) in enumerate(pages) if key == OPENING]
        for place_in_list, (label, key, extent) in enumerate(pages):
            if extent is None:
                continue
            neighbours = pages[max(place_in_list - 1, 0) : place_in_list + 2]
            goes_on = any(
                other and other[0][0] == 1 and other_label not in coverage_labels
                for other_label, other_key, other in neighbours
                if other_key != OPENING
            )
            doubtful = key == OPENING and (len(openings) > 1 or not goes_on)
            evidence = "record" if label in coverage_labels else "page"
            passages.append((record, *extent, evidence, doubtful))
    return passages


def count_in_tei(passages, verse):
    page_passages, on_pages, as_wholes, doubtful_passages = 0, set(), set(), 0
    for record, first, last, evidence, doubtful in passages:
        if not first <= verse <= last:
            continue
        if doubtful:
            doubtful_passages += 1
        elif evidence == "page":
            page_passages += 1
            on_pages.add(record)
        else:
            as_wholes.add(record)
    return page_passages, len(on_pages), len(as_wholes - on_pages), doubtful_passages


STATEMENT = re.compile(r'<([^>]*)> <[^>]*/ontology#(\w+)> (?:<([^>]*)>|"((?:[^"\\]|\\.)*)")')
WANTED = {"startVerse", "endVerse", "passageOf", "evidence", "passageFlag"}


def read_export(file):
    """Passages of an N-Quads export, by subject."""
    found = collections.defaultdict(lambda: collections.defaultdict(list))
    with open(file, encoding="utf-8") as export:
        for line in export:
            match = STATEMENT.match(line)
            if match and match[2] in WANTED:
                found[match[1]][match[2]].append(match[3] or match[4])
    as_verse = lambda iri: tuple(int(number) for number in iri.rsplit("/", 1)[1].split(":"))
    return [
        (
            each["passageOf"][0],
            as_verse(each["startVerse"][0]),
            as_verse(each["endVerse"][0]),
            each["evidence"][0].rsplit("/", 1)[1],
            any(flag.endswith("/doubtful") for flag in each["passageFlag"]),
        )
        for each in found.values()
        if each["startVerse"] and each["passageOf"]
    ]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder")
    parser.add_argument("sura_table")
    parser.add_argument("--verses", default="2:255")
    parser.add_argument("--random", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--nquads")
    options = parser.parse_args()

    lengths = read_sura_lengths(options.sura_table)
    every_verse = [(sura, verse) for sura, ayas in lengths.items() for verse in range(1, ayas + 1)]
    verses = [tuple(map(int, verse.split(":"))) for verse in options.verses.split(",")]
    verses += sorted(random.Random(options.seed).sample(every_verse, options.random))

    passages = read_passages(options.folder, lengths)
    exported = read_export(options.nquads) if options.nquads else None
    print(f"placed passages: {len(passages)}" + (f" / {len(exported)}" if exported else ""))
    print("verse    passages  on pages  as wholes only  doubtful")
    differences = 0
    for verse in verses:
        counted = count_in_tei(passages, verse)
        row = "{:8} {:8} {:9} {:15} {:9}".format(f"{verse[0]}:{verse[1]}", *counted)
        if exported is not None:
            other = count_in_tei(exported, verse)
            if other != counted:
                differences += 1
                row += f"   the export says {other}"
        print(row)
    if exported is not None:
        differences += len(passages) != len(exported)
        print(f"{differences} differences")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
