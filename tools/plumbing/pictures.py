"""What nbval leaves out when it compares a cell's outputs: pictures, and the order and kinds of the outputs.

Measured with this Matplotlib (480 × 320 pixels, dpi 80): rounding in the data up to 1e-5 changes no pixel; one marker
that rounds to the neighbouring pixel changes 14; one that moves by two pixels 28; a curve that moves by a quarter of
a pixel 386. So up to 16 pixels, or one in 10,000, may differ by more than 32 of 255 levels.
"""

import base64
import io
import re
from importlib.metadata import version
from pathlib import Path

from PIL import Image, ImageChops

LEVEL = 32
PIXELS = 16
FRACTION = 1e-4
CONSTRAINTS = Path(__file__).resolve().parents[2] / "constraints.txt"


def reason_not_to_compare(constraints=CONSTRAINTS):
    """Other versions of Matplotlib draw other pixels: a sentence when another than the pinned one is installed."""
    text = constraints.read_text(encoding="utf-8") if constraints.exists() else ""
    pinned = re.search(r"^matplotlib==(\S+)", text, re.MULTILINE)
    if pinned and pinned[1] == version("matplotlib"):
        return None
    return f"matplotlib {version('matplotlib')} is installed, constraints.txt has {pinned[1] if pinned else 'none'}"


def differences(stored, fresh, pictures=True):
    """Sentences on how the outputs of a run differ from the stored ones, as far as nbval doesn't say so itself."""
    kinds = [[_kind(output) for output in outputs] for outputs in (stored, fresh)]
    if kinds[0] != kinds[1]:
        return [f"the stored outputs are {'; '.join(kinds[0])}\nthis run gave          {'; '.join(kinds[1])}"]
    pairs = zip(_pictures(stored), _pictures(fresh), strict=True) if pictures else []
    found = [(number, difference(*pair)) for number, pair in enumerate(pairs, start=1)]
    return [f"picture {number}: {fault}" for number, fault in found if fault]


def difference(stored, fresh):
    """How two PNG pictures in base64 differ, in words; None when that is within the tolerance."""
    if stored == fresh:
        return None
    old, new = (Image.open(io.BytesIO(base64.b64decode(png))).convert("RGBA") for png in (stored, fresh))
    if old.size != new.size:
        return f"the stored one has {old.width} × {old.height} pixels, this run's {new.width} × {new.height}"
    apart = Image.new("L", old.size)
    for band in ImageChops.difference(old, new).split():
        apart = ImageChops.lighter(apart, band)
    strong = apart.point(lambda level: 255 * (level > LEVEL))
    count = strong.histogram()[255]
    if count <= max(PIXELS, FRACTION * old.width * old.height):
        return None
    left, top, right, bottom = strong.getbbox()
    share = count / (old.width * old.height)
    return (
        f"{count} pixels ({share:.2%}) differ by more than {LEVEL} of 255 levels, at most by {apart.getextrema()[1]}, "
        f"between columns {left} and {right}, rows {top} and {bottom} of {old.width} × {old.height}"
    )


def _kind(output):
    return f"{output.output_type} {'+'.join(sorted(output.get('data', {})))}".strip()


def _pictures(outputs):
    return [output.data["image/png"] for output in outputs if "image/png" in output.get("data", {})]
