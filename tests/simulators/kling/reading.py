"""Reads the text back out of a rendered video: proof that a file is that of a certain task."""

from pathlib import Path

from tests.simulators.kling.canvas import MARGIN, Grid, grids
from tests.simulators.kling.ffmpeg import ffmpeg
from tests.simulators.kling.font import CELL_HEIGHT, CELL_WIDTH, HEIGHT, LETTERS, WIDTH

BRIGHT = 150
OPENING = "TASK "


def read_picture(path: Path, width: int, height: int) -> str:
    """Return the text in the first frame of an MP4 of such a size, lines joined by newlines; empty when none is."""
    frame = ffmpeg("-i", str(path), "-frames:v", "1", "-f", "rawvideo", "-pix_fmt", "gray", "pipe:1")
    for grid in grids(width, height):
        if _line(frame, grid, 0, len(OPENING)) == OPENING:
            lines = (_line(frame, grid, row, grid.columns).rstrip() for row in range(grid.lines))
            return "\n".join(lines).strip()
    return ""


def _line(frame: bytes, grid: Grid, row: int, columns: int) -> str:
    return "".join(_letter(frame, grid, row, column) for column in range(min(columns, grid.columns)))


def _letter(frame: bytes, grid: Grid, row: int, column: int) -> str:
    """Return the letter in one cell, by the middle pixel of each dot; a blot is a question mark."""
    left, top = MARGIN + column * CELL_WIDTH, MARGIN + row * CELL_HEIGHT
    rows = bytes(
        sum(_bright(frame, grid, left + x, top + y) << (WIDTH - 1 - x) for x in range(WIDTH)) for y in range(HEIGHT)
    )
    return LETTERS.get(rows, "?")


def _bright(frame: bytes, grid: Grid, x: int, y: int) -> bool:
    middle = grid.scale // 2
    return frame[(y * grid.scale + middle) * grid.width + x * grid.scale + middle] > BRIGHT
