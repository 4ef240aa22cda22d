#!/usr/bin/env python3
"""Pictures in files and their changes of size, as Pillow has them: tests/golden/image.safetensors. Needs Pillow 12 beside what the others need:
later ones resize in another order of the axes.

`file` holds the bytes of a picture's file, `pixels` what it shows: [height, width, channels], upright, transparency on white paper.
"""
import io
import os

import numpy as np
import PIL
import torch
from PIL import Image, ImageOps

from golden import Golden

assert PIL.__version__.startswith("12."), "Pillow 13 resizes in another order of the axes"
golden = Golden(f"pictures in files and resized (Pillow {PIL.__version__})")
rng = np.random.default_rng(11)


def photo(width, height, channels=3):
    """Smooth, with a little noise: what JPEG is made for."""
    y, x = np.mgrid[0:height, 0:width]
    planes = [127 + 100 * np.sin(x / (5 + c) + c) * np.cos(y / (7 - c)) + rng.normal(size=x.shape) * 4 for c in range(channels)]
    a = np.clip(np.stack(planes, -1), 0, 255).astype("u1")
    return a[..., 0] if channels == 1 else a


def tensor(image):
    a = np.array(image)
    return torch.from_numpy(np.ascontiguousarray(a if a.ndim == 3 else a[..., None]))


def add(name, image, tolerance, shown=None, **how):
    buffer = io.BytesIO()
    image.save(buffer, **how)
    bytes_ = buffer.getvalue()
    if shown is None:
        shown = ImageOps.exif_transpose(Image.open(io.BytesIO(bytes_)))
        if shown.mode not in ("L", "RGB"):
            shown = shown.convert("RGB")
    golden.add({"what": "file", "name": name, "tolerance": tolerance}, file=torch.from_numpy(np.frombuffer(bytes_, "u1").copy()), pixels=tensor(shown))


def on_white(image):
    paper = Image.new("RGBA", image.size, (255, 255, 255, 255))
    return Image.alpha_composite(paper, image.convert("RGBA")).convert("RGB")


rgb, grey = Image.fromarray(photo(29, 18)), Image.fromarray(photo(29, 18, 1))
add("jpeg, colours at half the size", rgb, 2, format="JPEG", quality=90)
add("jpeg, colours at full size", rgb, 2, format="JPEG", quality=95, subsampling=0)
add("jpeg, progressive", rgb, 2, format="JPEG", quality=80, progressive=True)
add("jpeg, grey", grey, 0, format="JPEG", quality=80)
for orientation in range(1, 9):
    exif = Image.Exif()
    exif[0x0112] = orientation
    add(f"jpeg, orientation {orientation}", rgb, 2, format="JPEG", quality=92, exif=exif)
    add(f"png, orientation {orientation}", grey, 0, format="PNG", exif=exif)
add("jpeg, four inks", Image.fromarray(photo(17, 16, 4), "CMYK"), 2, format="JPEG", quality=95)
clear = Image.fromarray(photo(9, 7, 4), "RGBA")
add("png, transparent colours", clear, 1, on_white(clear), format="PNG")
clear = clear.convert("LA")
add("png, transparent grey", clear, 1, on_white(clear).convert("L"), format="PNG")
palette = rgb.quantize(16)
add("png, palette", palette, 0, format="PNG")
white_3 = np.asarray(palette.convert("RGB")).copy()
white_3[np.asarray(palette) == 3] = 255
add("png, palette with a transparent colour", palette, 0, Image.fromarray(white_3), format="PNG", transparency=3)
deep = (photo(9, 7, 1).astype("u2") * 251 + 13).astype("u2")
add("png, 16 bits", Image.fromarray(deep), 0, Image.fromarray(np.floor(deep.astype("f8") * 255 / 65535 + 0.5).astype("u1")), format="PNG")
add("png, black and white", grey.convert("1"), 0, grey.convert("1").convert("L"), format="PNG")

for name, image in (("colours", Image.fromarray(photo(37, 23))), ("grey", Image.fromarray(photo(40, 33, 1)))):
    for width, height in ((16, 16), (9, 23), (37, 5), (80, 61), (1, 1), (36, 24), (40, 66)):
        for how, filter_ in (("nearest", Image.NEAREST), ("bilinear", Image.BILINEAR), ("bicubic", Image.BICUBIC)):
            golden.add({"what": "resize", "name": f"{name} to {width} x {height}, {how}", "width": width, "height": height, "how": how},
                       pixels=tensor(image), resized=tensor(image.resize((width, height), filter_)))
golden.save("image.safetensors")

# The first JPEGs of the fuzz target, too.
FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "tests", "fuzz", "corpus", "image")
turned = Image.Exif()
turned[0x0112] = 6
for name, image, how in (("jpeg-colours", Image.fromarray(photo(20, 17)), {}), ("jpeg-grey", Image.fromarray(photo(9, 8, 1)), {}),
                         ("jpeg-progressive", Image.fromarray(photo(20, 17)), {"progressive": True}),
                         ("jpeg-inks", Image.fromarray(photo(8, 8, 4), "CMYK"), {}), ("jpeg-turned", Image.fromarray(photo(16, 9)), {"exif": turned})):
    image.save(os.path.join(FOLDER, name), format="JPEG", quality=75, **how)
