#!/usr/bin/env python3
"""Deterministic cores of the augmentations as Pillow 12 has them (what torchvision's transforms call for pictures), and what Pillow lacks in NumPy:
tests/golden/transforms.safetensors. Pictures are u8 [C, H, W]: "in" and "out" of a case; the case says operation and parameters."""
import math

import numpy as np
import PIL
import torch
from PIL import Image, ImageEnhance, ImageOps

from golden import Golden

assert PIL.__version__.startswith("12."), "Pillow 13 resizes in another order of the axes"
golden = Golden(f"augmentations (Pillow {PIL.__version__}, NumPy {np.__version__})")
rng = np.random.default_rng(5)


def photo(width, height, channels):
    y, x = np.mgrid[0:height, 0:width]
    planes = [120 + (90 - 20 * c) * np.sin(x / (3 + c) + c) * np.cos(y / (5 - c)) + rng.normal(size=x.shape) * 9 for c in range(channels)]
    return np.clip(np.stack(planes, -1), 0, 255).astype("u1")


COLOURS = Image.fromarray(photo(31, 22, 3))
SQUARE = Image.fromarray(photo(16, 16, 3))
GREY = Image.fromarray(photo(20, 27, 1)[..., 0])
DIM = Image.fromarray((photo(31, 22, 3) // 3 + 40).astype("u1"))
FLAT = Image.fromarray(np.full((9, 8, 3), (10, 200, 77), "u1"))
ALL = [COLOURS, SQUARE, GREY, DIM]


def tensor(image):
    a = np.array(image)
    return torch.from_numpy(np.ascontiguousarray(a[None] if a.ndim == 2 else a.transpose(2, 0, 1)))


FIRST = {}                                               # each picture is stored once, with the case that shows it first


def add(op, image, out, **parameters):
    first = FIRST.setdefault(id(image), len(golden.cases))
    golden.add({"op": op, "input": first, **parameters}, **{"in": tensor(image) if first == len(golden.cases) else None, "out": tensor(out)})


def array(f):
    return lambda image: Image.fromarray(np.ascontiguousarray(f(np.array(image))))


# ---- crops, borders, flips
BORDERS = {"constant": "constant", "edge": "edge", "reflect": "reflect", "symmetric": "symmetric"}
for image in (COLOURS, GREY):
    for name, mode in BORDERS.items():
        for top, left, height, width in ((-3, -5, 20, 18), (2, 3, 10, 9), (10, 12, 20, 25), (-4, -2, 40, 40)):
            def cut(a, p=45):
                pad = [(p, p), (p, p)] + [(0, 0)] * (a.ndim - 2)
                padded = np.pad(a, pad, mode=mode, **({"constant_values": 7} if mode == "constant" else {}))
                return padded[p + top:p + top + height, p + left:p + left + width]
            cut_out = array(cut)(image)
            add("crop", image, cut_out, border=name, top=top, left=left, height=height, width=width, mirrored=False, upside_down=False, fill=7)
            add("crop", image, ImageOps.mirror(cut_out), border=name, top=top, left=left, height=height, width=width, mirrored=True, upside_down=False, fill=7)
            add("crop", image, ImageOps.flip(ImageOps.mirror(cut_out)), border=name, top=top, left=left, height=height, width=width, mirrored=True,
                upside_down=True, fill=7)
    for size in ((10, 13), (11, 12), (22, 31) if image is COLOURS else (27, 20)):
        height, width = size
        top, left = int(round((image.height - height) / 2.0)), int(round((image.width - width) / 2.0))
        add("center_crop", image, image.crop((left, top, left + width, top + height)), height=height, width=width)
add("erase", COLOURS, array(lambda a: (a.__setitem__((slice(3, 9), slice(25, None)), 50), a)[1])(COLOURS), top=3, left=25, height=6, width=10, value=50)

# ---- sizes
for image in (COLOURS, GREY):
    for shorter in (8, 22, 33):
        w, h = image.size
        size = (shorter, int(shorter * h / w)) if w <= h else (int(shorter * w / h), shorter)
        for how, f in (("nearest", Image.NEAREST), ("bilinear", Image.BILINEAR), ("bicubic", Image.BICUBIC)):
            add("resize_shorter", image, image.resize(size, f), shorter=shorter, how=how)

# ---- rotation, and torchvision's affine
for image in ALL:
    for how, f in (("nearest", Image.NEAREST), ("bilinear", Image.BILINEAR)):
        for degrees in (0, 30, -13.5, 90, 180, 271, 720):
            add("rotate", image, image.rotate(degrees, f, fillcolor=9 if image.mode == "L" else (9, 9, 9)), degrees=degrees, how=how, fill=9)


def inverse(centre, degrees, translate, scale, shear):
    rot, sx, sy = math.radians(degrees), math.radians(shear[0]), math.radians(shear[1])
    forward = np.array([[1, 0, translate[0]], [0, 1, translate[1]], [0, 0, 1.0]]) @ np.array([[1, 0, centre[0]], [0, 1, centre[1]], [0, 0, 1.0]])
    turn = np.array([[math.cos(rot), -math.sin(rot), 0], [math.sin(rot), math.cos(rot), 0], [0, 0, 1]])
    along_y = np.array([[1, 0, 0], [-math.tan(sy), 1, 0], [0, 0, 1.0]])
    along_x = np.array([[1, -math.tan(sx), 0], [0, 1, 0], [0, 0, 1.0]])
    forward = forward @ turn @ along_y @ along_x @ np.diag([scale, scale, 1]) @ np.array([[1, 0, -centre[0]], [0, 1, -centre[1]], [0, 0, 1.0]])
    return np.linalg.inv(forward)[:2].ravel().tolist()


for image in (COLOURS, GREY):
    w, h = image.size
    for parameters in ((20, (3, -2), 1.2, (0, 0)), (-47, (0, 0), 0.7, (10, 5)), (0, (4, 5), 1.0, (0, 0)), (0, (0, 0), 1.0, (17, 0)), (0, (0, 0), 1.3, (0, -20))):
        m = inverse((w * 0.5, h * 0.5), *parameters)
        golden.add({"op": "affine_map", "width": w, "height": h, "degrees": parameters[0], "translate_x": parameters[1][0], "translate_y": parameters[1][1],
                    "scale": parameters[2], "shear_x": parameters[3][0], "shear_y": parameters[3][1]}, map=torch.tensor(m, dtype=torch.float64))
    for m in ([0.9, 0.2, -1.3, -0.15, 1.1, 2.2], [1, 0.3, 0, 0, 1, 0], [1, 0, 4, 0, 1, -3], [0.8, 0, 1.5, 0, 1.25, -2], [1, 0, 0, -0.4, 1, 0]):
        for how, f in (("nearest", Image.NEAREST), ("bilinear", Image.BILINEAR)):
            add("transform", image, image.transform(image.size, Image.AFFINE, m, f), map=m, how=how)

# ---- colours
for image in ALL + [FLAT]:
    for factor in (0.0, 0.3, 0.95, 1.0, 1.37, 2.0, 3.3):
        for op, enhance in (("brightness", ImageEnhance.Brightness), ("contrast", ImageEnhance.Contrast), ("saturation", ImageEnhance.Color),
                            ("sharpness", ImageEnhance.Sharpness)):
            if image.mode == "L" and op == "saturation":
                continue
            add(op, image, enhance(image).enhance(factor), factor=factor)
    for bits in (1, 3, 4, 7, 8):
        add("posterize", image, ImageOps.posterize(image, bits), bits=bits)
    for threshold in (0, 1, 93.5, 128, 255, 256):
        add("solarize", image, ImageOps.solarize(image, threshold), threshold=threshold)
    add("invert", image, ImageOps.invert(image))
    add("autocontrast", image, ImageOps.autocontrast(image))
    add("equalize", image, ImageOps.equalize(image))
    if image.mode == "RGB":
        add("greyscale", image, image.convert("L"), channels=1)
        add("greyscale", image, Image.merge("RGB", [image.convert("L")] * 3), channels=3)
        for turn in (-0.5, -0.31, -0.04, 0.0, 0.1, 0.27, 0.5):
            h, s, v = image.convert("HSV").split()
            turned = Image.fromarray((np.array(h).astype("i4") + int(turn * 255)).astype("u1"))
            add("hue", image, Image.merge("HSV", (turned, s, v)).convert("RGB"), turn=turn)
golden.save("transforms.safetensors")
