#!/usr/bin/env python3
"""Golden values and gradients of pooling and of the ops on images, from PyTorch: tests/golden/vision.safetensors.

As make_ops.py; the C++ side is cairn/ops/golden_test.cpp. Sizes are odd, strides larger than kernels, batches of one where that hurts.
"""
import math

import torch
import torch.nn.functional as F

from golden import Golden

torch.manual_seed(20241)
golden = Golden("pooling and image ops of cairn/ops/ops.h: inputs, outputs, gradients")
case = golden.case


def normal(*shape):
    return torch.randn(*shape, dtype=torch.float64)


def distinct(*shape):
    """Values 0.25 apart in random order."""
    n = math.prod(shape)
    return ((torch.randperm(n).double() - n // 2) * 0.25 + 0.125).reshape(shape)


# pooling: image, kernel, stride, padding, ceil_mode
POOLS = [((2, 3, 4, 6), (2, 2), (2, 2), (0, 0), False), ((1, 2, 7, 5), (3, 3), (2, 2), (1, 1), False),
         ((1, 2, 7, 6), (3, 3), (2, 2), (1, 1), True), ((2, 1, 5, 8), (2, 3), (1, 3), (1, 0), True),
         ((1, 1, 5, 9), (1, 2), (3, 4), (0, 0), False), ((1, 1, 9, 10), (2, 2), (3, 3), (0, 0), True),
         ((3, 7, 7), (3, 2), (2, 1), (1, 1), False), ((1, 2, 2, 3), (3, 3), (2, 2), (0, 0), True)]
for shape, kernel, stride, padding, ceil in POOLS:
    at = dict(kernel=kernel, stride=stride, padding=padding, ceil_mode=ceil)
    for dilation in ((1, 1), (2, 1)):
        if dilation == (2, 1) and shape[-2] + 2 * padding[0] < 2 * (kernel[0] - 1) + 1:
            continue
        case("max_pool2d", lambda x: F.max_pool2d(x, kernel, stride, padding, dilation, ceil), [distinct(*shape)], dilation=dilation, **at)
    for count in (True, False):
        case("avg_pool2d", lambda x: F.avg_pool2d(x, kernel, stride, padding, ceil, count), [normal(*shape)], count_include_pad=count, **at)
for shape, kernel, stride, padding, ceil in [((2, 3, 9), 3, 2, 1, False), ((2, 3, 9), 2, 3, 0, True), ((3, 10), 4, 4, 2, False)]:
    at = dict(kernel=kernel, stride=stride, padding=padding, ceil_mode=ceil)
    case("max_pool1d", lambda x: F.max_pool1d(x, kernel, stride, padding, 1, ceil), [distinct(*shape)], dilation=1, **at)
    case("avg_pool1d", lambda x: F.avg_pool1d(x, kernel, stride, padding, ceil, False), [normal(*shape)], count_include_pad=False, **at)
odd = torch.tensor([[[[1.0, 1.0, 2.0, -math.inf], [1.0, 1.0, 2.0, -math.inf], [math.nan, 0.0, -math.inf, -math.inf], [5.0, math.inf, -math.inf, -math.inf]]]],
                   dtype=torch.float64)
case("max_pool2d", lambda x: F.max_pool2d(x, 2), [odd], kernel=(2, 2), stride=(0, 0), padding=(0, 0), dilation=(1, 1), ceil_mode=False)
case("max_pool2d", lambda x: F.max_pool2d(x, (1, 260)), [distinct(1, 1, 2, 520)], types=(torch.float32,),
     kernel=(1, 260), stride=(0, 0), padding=(0, 0), dilation=(1, 1), ceil_mode=False)
for size in [(1, 1), (2, 3), (3, 2), (5, 7), (6, 9)]:
    case("adaptive_max_pool2d", lambda x: F.adaptive_max_pool2d(x, size), [distinct(2, 2, 5, 7)], size=size)
    case("adaptive_avg_pool2d", lambda x: F.adaptive_avg_pool2d(x, size), [normal(2, 2, 5, 7)], size=size)
case("adaptive_max_pool1d", lambda x: F.adaptive_max_pool1d(x, 4), [distinct(2, 2, 7)], size=4)
case("adaptive_avg_pool1d", lambda x: F.adaptive_avg_pool1d(x, 4), [normal(2, 7)], size=4)
case("global_avg_pool2d", lambda x: x.mean((-2, -1)), [normal(2, 3, 5, 7)])

# upsampling
for size in [(6, 8), (5, 9), (7, 3), (1, 1), (2, 4)]:
    at = dict(size=size, scale=(0.0, 0.0))
    case("upsample", lambda x: F.interpolate(x, size, mode="nearest"), [normal(2, 2, 3, 4)], mode="nearest", align_corners=False, **at)
    for align in (False, True):
        case("upsample", lambda x: F.interpolate(x, size, mode="bilinear", align_corners=align), [normal(1, 2, 3, 4)], mode="bilinear",
             align_corners=align, **at)
for scale in [(2.0, 3.0), (1.7, 2.3), (0.6, 0.5)]:
    at = dict(size=(0, 0), scale=scale)
    case("upsample", lambda x: F.interpolate(x, scale_factor=scale, mode="nearest"), [normal(1, 2, 5, 7)], mode="nearest", align_corners=False, **at)
    for align in (False, True):
        case("upsample", lambda x: F.interpolate(x, scale_factor=scale, mode="bilinear", align_corners=align), [normal(1, 1, 5, 7)],
             mode="bilinear", align_corners=align, **at)

# padding by the image
for mode in ("reflect", "replicate", "circular"):
    case("pad_mode", lambda x: F.pad(x, (2, 1, 0, 2), mode=mode), [normal(2, 1, 3, 4)], amounts=[2, 1, 0, 2], mode=mode)
    case("pad_mode", lambda x: F.pad(x, (3, 2), mode=mode), [normal(2, 1, 5)], amounts=[3, 2], mode=mode)
case("pad_mode", lambda x: F.pad(x, (7, 5, 4, 6), mode="replicate"), [normal(1, 3, 2, 3)], amounts=[7, 5, 4, 6], mode="replicate")

# windows as columns
for shape, kernel, dilation, padding, stride in [((2, 3, 4, 5), (2, 2), (1, 1), (0, 0), (1, 1)), ((1, 2, 5, 4), (3, 3), (1, 1), (1, 1), (2, 2)),
                                                 ((1, 1, 7, 5), (2, 3), (3, 1), (2, 0), (2, 1)), ((2, 2, 3, 7), (1, 1), (1, 1), (0, 0), (2, 3))]:
    at = dict(kernel=kernel, dilation=dilation, padding=padding, stride=stride)
    columns = F.unfold(normal(*shape), kernel, dilation, padding, stride)
    case("unfold", lambda x: F.unfold(x, kernel, dilation, padding, stride), [normal(*shape)], **at)
    case("fold", lambda x: F.fold(x, shape[2:], kernel, dilation, padding, stride), [normal(*columns.shape)], size=shape[2:], **at)
case("pixel_shuffle", lambda x: F.pixel_shuffle(x, 3), [normal(2, 18, 2, 3)], factor=3)
case("pixel_shuffle", lambda x: F.pixel_shuffle(x, 2), [normal(8, 1, 2)], factor=2)
case("pixel_unshuffle", lambda x: F.pixel_unshuffle(x, 2), [normal(2, 3, 4, 6)], factor=2)

golden.save("vision.safetensors")
