#!/usr/bin/env python3
"""Writes pinyin.tsv from the Unihan database (Debian's package unicode-data).

    packaging/reference/make-pinyin.py > packaging/reference/pinyin.tsv

Which characters: the 8,105 of the 通用规范汉字表 (2013), Unihan field kTGH.
Which readings, in this order: kMandarin (the customary reading in zh-Hans), kHanyuPinlu (by frequency in
现代汉语频率词典), kTGHZ2013 (通用规范汉字字典). Tone marks are taken off and ü is written v, as people type.
"""

import bz2
import collections
import pathlib
import sys
import unicodedata

UNIHAN = pathlib.Path("/usr/share/unicode")
FILES = ["Unihan_OtherMappings.txt.bz2", "Unihan_Readings.txt.bz2"]
FIELDS = {"kTGH", "kMandarin", "kHanyuPinlu", "kTGHZ2013"}


def unihan():
    """{character: {field: value}} of the fields wanted."""
    table = collections.defaultdict(dict)
    for name in FILES:
        with bz2.open(UNIHAN / name, "rt", encoding="utf-8") as lines:
            for line in lines:
                if not line.startswith("U+"):
                    continue
                point, field, value = line.rstrip("\n").split("\t")
                if field in FIELDS:
                    table[chr(int(point[2:], 16))][field] = value
    return table


def plain(reading):
    """lǜ -> lv, ńg -> ng: tone marks off, ü as v."""
    decomposed = unicodedata.normalize("NFD", reading).replace("u\u0308", "v")
    kept = "".join(c for c in decomposed if not unicodedata.combining(c)).lower()
    # Pinyin of ê and of syllabic m, n, ng stays in ASCII once the marks are off.
    if not kept.isascii() or not kept.isalpha():
        raise SystemExit(f"cannot write the reading {reading!r} in ASCII")
    return kept


def readings(fields):
    found = []
    # "zhōng zhòng": the first is the customary one in zh-Hans.
    found += fields.get("kMandarin", "").split()
    # "de(75596) dì(157)": already by falling frequency.
    found += [part.split("(")[0] for part in fields.get("kHanyuPinlu", "").split()]
    # "482.140:zhòu 483.010:zhū,zhù"
    for entry in fields.get("kTGHZ2013", "").split():
        found += entry.split(":")[1].split(",")
    return list(dict.fromkeys(plain(reading) for reading in found))


def main():
    table = {c: fields for c, fields in unihan().items() if "kTGH" in fields}
    if len(table) != 8105:
        raise SystemExit(f"{len(table)} characters carry kTGH; 8105 were expected")
    out = sys.stdout
    out.write("# Characters of the 通用规范汉字表 in its order, each with its readings, most common first; ü is v.\n")
    out.write("# Made by make-pinyin.py from Unihan 15.0. © Unicode, Inc., https://www.unicode.org/terms_of_use.html\n")
    # kTGH is "2013:N", N being the character's index in the table.
    for character, fields in sorted(table.items(), key=lambda row: int(row[1]["kTGH"].split(":")[1])):
        out.write(f"{character}\t{','.join(readings(fields))}\n")


if __name__ == "__main__":
    main()
