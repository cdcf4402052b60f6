"""The machine's own screen, from outside: the picture on it, and a finger."""

from PIL import Image

# `--press` of Kiosk/shared/tokens.css.
PRESS = (11, 61, 145)
# What QEMU's tablet calls the far edge.
EDGE = 32767


class OwnScreen:
    def __init__(self, machine):
        self.machine = machine

    def picture(self):
        file = self.machine.folder / "screen.ppm"
        self.machine.tell("screendump", filename=str(file))
        with Image.open(file) as picture:
            return picture.convert("RGB")

    def take_key(self):
        """The middle of the key that takes a number: the widest filled one on the left. None while another screen is shown."""
        picture = self.picture()
        width, height = picture.size
        points = picture.load()
        longest, left, top = 0, 0, 0
        for y in range(height):
            begun = None
            for x in range(width // 2 + 1):
                is_key = x < width // 2 and points[x, y] == PRESS
                if is_key and begun is None:
                    begun = x
                elif not is_key and begun is not None:
                    if x - begun > longest:
                        longest, left, top = x - begun, begun, y
                    begun = None
        # A dialog's key lies in the middle.
        if longest < width // 5 or left > width // 10:
            return None
        bottom = top
        while bottom + 1 < height and points[left + 4, bottom + 1] == PRESS:
            bottom += 1
        return left + longest // 2, (top + bottom) // 2

    def touch(self, point):
        """A finger there, and away again."""
        size = self.picture().size
        self.machine.tell("input-send-event", events=[
            {"type": "abs", "data": {"axis": axis, "value": at * EDGE // (most - 1)}} for axis, at, most in zip("xy", point, size)])
        for down in (True, False):
            self.machine.tell("input-send-event", events=[{"type": "btn", "data": {"button": "left", "down": down}}])
