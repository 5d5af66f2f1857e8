"""Generate templates/fonts: the letters with which charts are drawn in Word, cut out of DejaVu Sans.

python tools/fonts.py [FOLDER]

The folder holds DejaVuSans.ttf and DejaVuSans-Bold.ttf of version 2.37, as dejavu-fonts.github.io
and Linux systems have them.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

FONTS = Path(__file__).parents[1] / "templates/fonts"
NAMES = ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")
SOURCE = Path("/usr/share/fonts/truetype/dejavu")
_LETTERS = (
    *((0x20, 0x7E), (0xA0, 0x24F), (0x370, 0x3FF), (0x400, 0x45F), (0x1E80, 0x1EF9)),
    *((0x2010, 0x2027), (0x202F, 0x203A), (0x20AC, 0x20AC), (0x2190, 0x2195), (0x2212, 0x2212)),
    *((0x2248, 0x2248), (0x2260, 0x2265), (0x25A0, 0x25FF), (0x2713, 0x2717)),
)
"""Latin, Greek and Cyrillic letters, and the signs that charts use."""


def cut(raw: bytes) -> bytes:
    """A font with these letters only; the same font gives the same bytes."""
    options = subset.Options(
        hinting=False,
        layout_features=["kern", "mark", "mkmk", "ccmp"],
        notdef_outline=True,
        glyph_names=False,
        name_IDs=["*"],
    )
    options.drop_tables += ["FFTM"]
    font = TTFont(io.BytesIO(raw), recalcTimestamp=False)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[each for first, last in _LETTERS for each in range(first, last + 1)])
    cutter.subset(font)
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def main(source: Path) -> None:
    FONTS.mkdir(exist_ok=True)
    for name in NAMES:
        (FONTS / name).write_bytes(cut((source / name).read_bytes()))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else SOURCE)
