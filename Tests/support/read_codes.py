"""What zxing-cpp reads in grey pictures (netpbm's P5): the text of each code, a line feed after each, picture by picture."""

import sys

import zxingcpp


def grey(path):
    """The picture as rows of greys."""
    with open(path, "rb") as file:
        magic, width, height, most = file.readline().split()
        assert magic == b"P5" and most == b"255", path
        data = file.read()
    return memoryview(data).cast("B", shape=[int(height), int(width)])


for path in sys.argv[1:]:
    for code in zxingcpp.read_barcodes(grey(path)):
        sys.stdout.write(code.text + "\n")
