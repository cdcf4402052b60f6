#!/usr/bin/env python3
"""Writes GB18030Table.swift: the two-byte characters of GB 18030, from Python's gb18030 codec.

    packaging/reference/make-gb18030.py > Devices/ReaderProtocols/Text/GB18030Table.swift

The codec has the mapping of GB 18030-2000; the characters that later editions moved are listed by hand in GB18030.swift. To keep
the file small and readable, characters in the order of Unicode are written as a stretch (run), and ideographs that GB 2312 lacks
and that continue in the order of Unicode as a number of "others".
"""

import itertools
import sys

TRAILS = [*range(0x40, 0x7F), *range(0x80, 0xFF)]
SHORTEST_STRETCH = 4
LONGEST_LINE = 94


def rows(leads, trails):
    """The characters of these codes, in order."""
    return [ord(bytes(pair).decode("gb18030")) for pair in itertools.product(leads, trails)]


def pieces(table, others):
    """Yields ("others", n), ("stretch", first, n) and ("text", [characters])."""
    at, used, text = 0, 0, []
    while at < len(table):
        n = 0
        while at + n < len(table) and used + n < len(others) and table[at + n] == others[used + n]:
            n += 1
        piece = ("others", n)
        if n < SHORTEST_STRETCH:
            n = 1
            while at + n < len(table) and table[at + n] == table[at] + n:
                n += 1
            piece = ("stretch", table[at], n)
        if n < SHORTEST_STRETCH:
            text.append(table[at])
            at += 1
            continue
        if text:
            yield ("text", text)
            text = []
        used += n if piece[0] == "others" else 0
        at += n
        yield piece
    if text:
        yield ("text", text)


def literal(c):
    """A character as Swift writes it in a string."""
    c = chr(c)
    plain = c.isprintable() and not c.isspace() and c not in '\\"' and not 0xE000 <= ord(c) <= 0xF8FF
    return c if plain else f"\\u{{{ord(c):X}}}"


def written(piece):
    match piece:
        case ("others", n):
            yield f".others({n}),"
        case ("stretch", first, n):
            yield f".stretch(0x{first:04X}, {n}),"
        case ("text", text):
            line = ""
            for character in map(literal, text):
                if len(line) + len(character) > LONGEST_LINE:
                    yield f'.text("{line}"),'
                    line = ""
                line += character
            yield f'.text("{line}"),'


def main():
    table = rows(range(0x81, 0xFF), TRAILS)
    gb2312 = set(rows(range(0xB0, 0xF8), range(0xA1, 0xFF)))
    others = [c for c in range(0x4E00, 0x9FA6) if c not in gb2312]
    lines = [f"    {line}\n" for piece in pieces(table, others) for line in written(piece)]
    sys.stdout.write(
        "// Made by packaging/reference/make-gb18030.py from Python's gb18030 codec; do not edit.\n\n"
        "extension GB18030 {\n"
        "  /// The two-byte characters of GB 18030-2000 in the order of their codes, 8140 to FEFE.\n"
        f"  static let twoBytePieces: [Piece] = [\n{''.join(lines)}  ]\n}}\n"
    )


main()
