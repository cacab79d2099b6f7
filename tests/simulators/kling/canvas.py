"""A picture of text in one dot per pixel, to be enlarged by a whole number."""

from dataclasses import dataclass

from tests.simulators.kling.font import CELL_HEIGHT, CELL_WIDTH, GLYPHS, HEIGHT, WIDTH, wrapped

MARGIN = 2
BAR_SHARE = 8
WHITE = b"\xff\xff\xff"
Colour = tuple[int, int, int]


@dataclass(frozen=True)
class Grid:
    """A picture of `width` by `height` pixels whose dots are `scale` pixels wide; the lowest eighth stays free."""

    width: int
    height: int
    scale: int

    @property
    def dots(self) -> tuple[int, int]:
        """Return the size in dots."""
        return self.width // self.scale, self.height // self.scale

    @property
    def columns(self) -> int:
        """Return how many characters a line holds."""
        return (self.dots[0] - 2 * MARGIN) // CELL_WIDTH

    @property
    def lines(self) -> int:
        """Return how many lines fit above the bar."""
        return (self.dots[1] * (BAR_SHARE - 1) // BAR_SHARE - MARGIN) // CELL_HEIGHT


def grids(width: int, height: int) -> list[Grid]:
    """Return the grids that divide such a picture evenly, largest letters first."""
    return [Grid(width, height, scale) for scale in range(12, 0, -1) if width % scale == 0 and height % scale == 0]


def layout(paragraphs: list[str], width: int, height: int) -> tuple[Grid, list[str]]:
    """Return the grid with the largest letters that hold the text, and its lines; the smallest cuts it off."""
    for grid in grids(width, height):
        lines = [line for paragraph in paragraphs for line in wrapped(paragraph, max(grid.columns, 1))]
        if len(lines) <= grid.lines:
            return grid, lines
    return grid, lines[: grid.lines]


def ppm(grid: Grid, lines: list[str], ground: Colour) -> bytes:
    """Return the text, white on a colour, as a PPM picture of one pixel per dot."""
    width, height = grid.dots
    pixels = bytearray(bytes(ground) * (width * height))
    for row, line in enumerate(lines):
        for column, letter in enumerate(line):
            _draw(pixels, width, MARGIN + column * CELL_WIDTH, MARGIN + row * CELL_HEIGHT, GLYPHS[letter])
    return b"P6 %d %d 255\n" % (width, height) + bytes(pixels)


def _draw(pixels: bytearray, width: int, left: int, top: int, glyph: bytes) -> None:
    for y in range(HEIGHT):
        for x in range(WIDTH):
            if glyph[y] >> (WIDTH - 1 - x) & 1:
                at = 3 * ((top + y) * width + left + x)
                pixels[at : at + 3] = WHITE
