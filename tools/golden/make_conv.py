#!/usr/bin/env python3
"""Golden values and gradients of convolutions and transposed convolutions, from PyTorch: tests/golden/conv.safetensors.

Golden.case says what a case has. The C++ side is cairn/ops/conv/conv_test.cpp. Weights have the size that layers start with, so that
results are about 1. Cases of f32 alone are large enough for every plan that the fast backend has.
"""
import math

import torch
import torch.nn.functional as F

from golden import Golden

torch.manual_seed(20262)
golden = Golden("convolutions of cairn/ops/ops.h: inputs, outputs, gradients")


def normal(*shape):
    return torch.randn(*shape, dtype=torch.float64)


def weight(*shape):
    return normal(*shape) / math.sqrt(math.prod(shape[1:]))


def conv(x, w, bias, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1, types=(torch.float64, torch.float32)):
    inputs = [normal(*x), weight(*w)] + ([normal(w[0])] if bias else [])
    f = lambda x, w, b=None: F.conv2d(x, w, b, stride, padding, dilation, groups)
    golden.case("conv2d", f, inputs, types=types, stride=stride, padding=padding, dilation=dilation, groups=groups, same=False)


conv((2, 3, 6, 5), (4, 3, 3, 3), True, padding=(1, 1))
conv((1, 1, 7, 7), (2, 1, 5, 5), True)
conv((2, 2, 9, 8), (3, 2, 3, 2), True, stride=(2, 3), padding=(2, 1), dilation=(2, 1))
conv((1, 3, 9, 9), (2, 3, 2, 2), False, stride=(3, 4))                       # the stride is larger than the kernel
conv((2, 6, 5, 5), (4, 3, 3, 3), True, padding=(1, 1), groups=2)
conv((1, 5, 6, 7), (5, 1, 3, 3), False, stride=(2, 2), padding=(1, 1), groups=5)   # depthwise
conv((1, 3, 5, 5), (9, 1, 3, 3), True, padding=(1, 1), groups=3)             # depthwise, three filters a channel
conv((2, 4, 1, 1), (3, 4, 1, 1), True)                                       # a single pixel
conv((3, 2, 1, 9), (2, 2, 1, 4), False, padding=(0, 3))
single = (torch.float32,)
conv((2, 32, 9, 9), (48, 32, 3, 3), True, padding=(1, 1), types=single)      # Winograd, tiles that hang over
conv((1, 32, 8, 7), (32, 32, 3, 3), False, types=single)                     # the same, no padding
conv((2, 16, 6, 6), (20, 16, 3, 3), True, padding=(1, 1), types=single)      # blocked, the last block not full
conv((2, 24, 6, 6), (16, 24, 1, 1), False, stride=(2, 2), types=single)
conv((1, 16, 7, 9), (16, 1, 3, 3), False, padding=(1, 1), groups=16, types=single)
conv((1, 32, 5, 5), (32, 8, 3, 3), True, padding=(1, 1), groups=4, types=single)
conv((2, 3, 15, 15), (16, 3, 7, 7), False, stride=(2, 2), padding=(3, 3), types=single)

for size, kernel, stride, dilation in [((5, 6), (3, 4), (1, 1), (1, 1)), ((6, 7), (2, 3), (1, 1), (1, 2))]:
    golden.case("conv2d", lambda x, w: F.conv2d(x, w, None, stride, "same", dilation), [normal(2, 2, *size), weight(3, 2, *kernel)],
                stride=stride, padding=(0, 0), dilation=dilation, groups=1, same=True)

for stride, padding, dilation, groups in [(1, 0, 1, 1), (3, 2, 2, 1), (2, 1, 1, 2)]:
    golden.case("conv1d", lambda x, w, b: F.conv1d(x, w, b, stride, padding, dilation, groups),
                [normal(2, 4, 11), weight(6, 4 // groups, 3), normal(6)], stride=stride, padding=padding, dilation=dilation, groups=groups)

for x, w, at in [((2, 3, 4, 5), (3, 2, 3, 3), dict(stride=(1, 1), padding=(0, 0), output_padding=(0, 0), dilation=(1, 1), groups=1)),
                 ((1, 4, 3, 3), (4, 3, 4, 4), dict(stride=(2, 2), padding=(1, 1), output_padding=(0, 0), dilation=(1, 1), groups=1)),
                 ((2, 4, 3, 4), (4, 2, 3, 2), dict(stride=(3, 2), padding=(1, 0), output_padding=(2, 1), dilation=(2, 1), groups=2)),
                 ((2, 32, 5, 5), (32, 16, 4, 4), dict(stride=(2, 2), padding=(1, 1), output_padding=(0, 0), dilation=(1, 1), groups=1))]:
    golden.case("conv_transpose2d", lambda x, w, b: F.conv_transpose2d(x, w, b, at["stride"], at["padding"], at["output_padding"], at["groups"], at["dilation"]),
                [normal(*x), weight(*w), normal(w[1] * at["groups"])], types=single if x[1] == 32 else (torch.float64, torch.float32), **at)
golden.case("conv_transpose1d", lambda x, w, b: F.conv_transpose1d(x, w, b, 2, 1, 1), [normal(2, 3, 5), weight(3, 4, 3), normal(4)],
            stride=2, padding=1, output_padding=1, dilation=1, groups=1)

golden.save("conv.safetensors")
