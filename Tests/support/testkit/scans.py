"""What scanners send for a text, in each of their modes; written from the HID tables, not from the decoder."""

_PLAIN = {c: 0x04 + i for i, c in enumerate("abcdefghijklmnopqrstuvwxyz")}
_PLAIN |= {c: 0x1E + i for i, c in enumerate("1234567890")}
_PLAIN |= {" ": 0x2C, "-": 0x2D, "=": 0x2E, "[": 0x2F, "]": 0x30, "\\": 0x31, ";": 0x33, "'": 0x34, "`": 0x35, ",": 0x36, ".": 0x37,
           "/": 0x38}
_SHIFTED = {c.upper(): k for c, k in _PLAIN.items() if c.isalpha()}
_SHIFTED |= dict(zip("!@#$%^&*()", range(0x1E, 0x28)))
_SHIFTED |= {"_": 0x2D, "+": 0x2E, "{": 0x2F, "}": 0x30, "|": 0x31, ":": 0x33, '"': 0x34, "~": 0x35, "<": 0x36, ">": 0x37, "?": 0x38}
_KEYPAD = dict(zip("1234567890", range(0x59, 0x63)))
_UP = bytes(8)


def keyboard(text, alt="gbk"):
    """Reports of eight bytes: a key down, all up; Chinese as Alt and its number on the number block; Enter."""
    reports = []
    for c in text:
        if c in _PLAIN:
            reports += [bytes([0, 0, _PLAIN[c]]) + bytes(5), _UP]
        elif c in _SHIFTED:
            reports += [bytes([2, 0, _SHIFTED[c]]) + bytes(5), _UP]
        else:
            number = int.from_bytes(c.encode("gbk"), "big") if alt == "gbk" else ord(c)
            for digit in str(number):
                reports += [bytes([4, 0, _KEYPAD[digit]]) + bytes(5), bytes([4]) + bytes(7)]
            reports.append(_UP)
    return reports + [bytes([0, 0, 0x28]) + bytes(5), _UP]


def pos(data, symbol=b"]Q1"):
    """Reports of 64 bytes with the AIM identifier before the data; long codes go on in the next one."""
    pieces = [data[i:i + 56] for i in range(0, len(data), 56)] or [b""]
    return [
        bytes([2, len(p)]) + symbol + p + bytes(57 - len(p) + 1) + bytes([1 if i + 1 < len(pieces) else 0])
        for i, p in enumerate(pieces)]


def line(data, end=b"\r"):
    """Bytes of a serial line in pieces of one packet."""
    data += end
    return [data[i:i + 64] for i in range(0, len(data), 64)]


def said(name, transfers):
    return f"say {name} " + " ".join(t.hex() for t in transfers)
