#!/usr/bin/env python3
"""Golden values and gradients of every op and loss, from PyTorch: tests/golden/ops.safetensors.

Golden.case says what a case has. Values stay away from kinks and ties unless the case is about them. The C++ side is cairn/ops/golden_test.cpp.
"""
import math

import torch
import torch.nn.functional as F

from golden import Golden

torch.manual_seed(20240)
golden = Golden("ops of cairn/ops/ops.h: inputs, outputs, gradients")


def normal(*shape):
    return torch.randn(*shape, dtype=torch.float64)


def positive(*shape):
    return torch.rand(*shape, dtype=torch.float64) * 1.9 + 0.2


def distinct(*shape):
    """Values 0.25 apart in random order, none within 0.1 of zero."""
    n = math.prod(shape)
    return ((torch.randperm(n).double() - n // 2) * 0.25 + 0.125).reshape(shape)


def mask(*shape):
    return torch.rand(*shape) > 0.5


def index(below, *shape):
    return torch.randint(0, below, shape)


case = golden.case

# elementwise, one operand
for name in "neg abs sign square relu sin cos tanh sigmoid erf exp expm1 floor ceil round".split():
    f = getattr(torch, name)
    case(name, f, [distinct(3, 4)])
case("round", torch.round, [torch.tensor([0.5, 1.5, 2.5, -0.5, -1.5, 3.2], dtype=torch.float64)], gradient=False)
for name in "log log1p sqrt rsqrt reciprocal".split():
    case(name, getattr(torch, name), [positive(3, 4)])
case("clamp", lambda x: x.clamp(-0.6, 0.8), [distinct(3, 4)], low=-0.6, high=0.8)
case("leaky_relu", lambda x: F.leaky_relu(x, 0.2), [distinct(3, 4)], slope=0.2)
case("elu", lambda x: F.elu(x, 1.3), [distinct(3, 4)], alpha=1.3)
case("gelu", F.gelu, [distinct(3, 5)])
case("gelu_tanh", lambda x: F.gelu(x, approximate="tanh"), [distinct(3, 5)])
case("silu", F.silu, [distinct(3, 4)])
case("softplus", lambda x: F.softplus(x, 1.5, 2.0), [distinct(4, 4)], beta=1.5, threshold=2.0)
case("softplus", F.softplus, [distinct(4, 4) * 20], beta=1.0, threshold=20.0)
odd = torch.tensor([0.0, 1.0, math.inf, -math.inf, math.nan, -2.5], dtype=torch.float64)
case("isfinite", torch.isfinite, [odd], gradient=False)
case("isnan", torch.isnan, [odd], gradient=False)
case("logical_not", torch.logical_not, [mask(5)])
case("tanh", torch.tanh, [torch.tensor([-40.0, -9.0, -1e-8, 0.0, 1e-8, 9.0, 40.0], dtype=torch.float64)])
case("sigmoid", torch.sigmoid, [torch.tensor([-700.0, -40.0, 0.0, 40.0, 700.0], dtype=torch.float64)])

# elementwise, two operands, with broadcasting
for name in "add sub mul".split():
    f = getattr(torch, name)
    case(name, f, [normal(3, 4), normal(3, 4)])
    case(name, f, [normal(2, 1, 3), normal(4, 1)])
    case(name, f, [index(9, 3), index(9, 2, 1)])
case("div", torch.div, [normal(3, 4), positive(4)])
case("div", torch.div, [positive(2, 1, 3), positive(4, 1)])
case("div", torch.div, [index(9, 2, 3), index(9, 3) + 1])
case("pow", torch.pow, [positive(3, 4), normal(4)])
case("pow", lambda x: x ** 3, [distinct(6)], exponent=3.0)
for name in "maximum minimum".split():
    case(name, getattr(torch, name), [distinct(3, 4), distinct(3, 4) + 0.1])
    case(name, getattr(torch, name), [torch.tensor([1.0, 2.0, 3.0], dtype=torch.float64), torch.tensor([2.0, 2.0, 1.0], dtype=torch.float64)])
case("where", torch.where, [mask(3, 4), normal(3, 4), normal(4)])
pair = [index(3, 3, 4).double(), index(3, 4).double()]
for name in "eq ne lt le gt ge".split():
    case(name, getattr(torch, name), pair, gradient=False)
    case(name, getattr(torch, name), [index(4, 6), index(4, 6)])
for name in "and or xor".split():
    case("logical_" + name, getattr(torch, "logical_" + name), [mask(3, 4), mask(4)])

# reductions
AXES = [([], False), ([1], False), ([0, 2], True), ([-1], True)]
for axes, keep in AXES:
    at = {"axes": axes, "keepdim": keep}
    dims = tuple(axes) if axes else (0, 1, 2)
    case("sum", lambda x: x.sum(dims, keepdim=keep), [normal(2, 3, 4)], **at)
    case("mean", lambda x: x.mean(dims, keepdim=keep), [normal(2, 3, 4)], **at)
    case("max", lambda x: x.amax(dims, keepdim=keep), [distinct(2, 3, 4)], **at)
    case("min", lambda x: x.amin(dims, keepdim=keep), [distinct(2, 3, 4)], **at)
    case("logsumexp", lambda x: x.logsumexp(dims, keepdim=keep), [normal(2, 3, 4) * 5], **at)
    for biased in (True, False):
        f = lambda op: lambda x: op(x, dims, keepdim=keep, correction=0 if biased else 1)
        case("var", f(torch.var), [normal(2, 3, 4)], biased=biased, **at)
        case("std", f(torch.std), [normal(2, 3, 4)], biased=biased, **at)
    for p in (1.0, 2.0, 3.0, math.inf):
        case("norm", lambda x: torch.linalg.vector_norm(x, p, dims, keepdim=keep), [distinct(2, 3, 4)],
             types=(torch.float64,), p="inf" if p == math.inf else p, **at)
    case("any", lambda x: x.any(dims, keepdim=keep) if axes else x.any(), [mask(2, 3, 4)], **at)
    case("all", lambda x: x.all(dims, keepdim=keep) if axes else x.all(), [mask(2, 3, 4) | mask(2, 3, 4)], **at)
case("max", lambda x: x.amax(1), [torch.tensor([[1.0, 3.0, 3.0], [2.0, 2.0, 2.0]], dtype=torch.float64)], axes=[1], keepdim=False)
case("sum", lambda x: x.sum(0), [index(9, 3, 4)], axes=[0], keepdim=False)
case("prod", lambda x: x.prod(), [normal(2, 3)], axes=[], keepdim=False)
case("prod", lambda x: x.prod(1, keepdim=True), [normal(2, 3)], axes=[1], keepdim=True)
case("prod", lambda x: x.prod(0), [torch.tensor([[1.0, 0.0, 0.0], [2.0, 3.0, 0.0]], dtype=torch.float64)], axes=[0], keepdim=False)
for name in "argmax argmin".split():
    case(name, lambda x: getattr(torch, name)(x, 1), [distinct(3, 5)], gradient=False, axis=1, keepdim=False)
    case(name, lambda x: getattr(torch, name)(x, -2, keepdim=True), [distinct(3, 5)], gradient=False, axis=-2, keepdim=True)
for axis in (0, -1):
    case("cumsum", lambda x: x.cumsum(axis), [normal(3, 4)], axis=axis)
    case("softmax", lambda x: x.softmax(axis), [normal(3, 4) * 3], axis=axis)
    case("log_softmax", lambda x: x.log_softmax(axis), [normal(3, 4) * 3], axis=axis)
case("softmax", lambda x: x.softmax(-1), [torch.tensor([[1e4, -1e4, 0.0], [500.0, 501.0, 502.0]], dtype=torch.float64)], axis=-1)
case("sum_to", lambda x: x.sum_to_size(3, 1), [normal(2, 3, 4)], shape=[3, 1])

# linear algebra
for a, b in [((3,), (3,)), ((2, 3), (3,)), ((3,), (3, 2)), ((2, 3), (3, 4)), ((2, 1, 2, 3), (3, 3, 2)), ((2, 3, 4), (4, 2))]:
    case("matmul", torch.matmul, [normal(*a), normal(*b)])
case("linear", F.linear, [normal(2, 3, 4), normal(5, 4), normal(5)])
case("linear", F.linear, [normal(3, 4), normal(2, 4)])
case("outer", torch.outer, [normal(3), normal(4)])

# shape
case("reshape", lambda x: x.reshape(4, -1), [normal(2, 3, 4)], shape=[4, -1])
case("permute", lambda x: x.permute(2, 0, 1), [normal(2, 3, 4)], axes=[2, 0, 1])
case("transpose", lambda x: x.transpose(0, -1), [normal(2, 3, 4)], a=0, b=-1)
case("expand", lambda x: x.expand(2, 3, 4), [normal(3, 1)], shape=[2, 3, 4])
case("expand", lambda x: x.expand(2, -1, 4), [normal(3, 1)], shape=[2, -1, 4])
case("squeeze", lambda x: x.squeeze(1), [normal(2, 1, 3)], axis=1)
case("unsqueeze", lambda x: x.unsqueeze(-1), [normal(2, 3)], axis=-1)
case("slice", lambda x: x[:, 1:6:2], [normal(2, 7)], axis=1, start=1, stop=6, step=2)
case("slice", lambda x: x[:, -3:], [normal(2, 7)], axis=1, start=-3, step=1)
case("slice", lambda x: x.flip(0)[::2], [normal(5, 2)], axis=0, step=-2)
case("select", lambda x: x.select(1, -2), [normal(2, 4, 3)], axis=1, index=-2)
case("cat", lambda *xs: torch.cat(xs, 1), [normal(2, 3), normal(2, 1), normal(2, 2)], axis=1)
case("stack", lambda *xs: torch.stack(xs, -1), [normal(2, 3), normal(2, 3)], axis=-1)
case("split", lambda x: x.split(3, 1), [normal(2, 7)], axis=1, size=3)
case("split", lambda x: x.split([1, 4, 2], 1), [normal(2, 7)], axis=1, sizes=[1, 4, 2])
case("chunk", lambda x: x.chunk(3, 0), [normal(7, 2)], axis=0, pieces=3)
case("pad", lambda x: F.pad(x, (1, 2, 0, 1), value=0.5), [normal(2, 3)], amounts=[1, 2, 0, 1], value=0.5)
case("roll", lambda x: x.roll(-2, 1), [normal(2, 5)], axis=1, shift=-2)
case("flip", lambda x: x.flip((0, 2)), [normal(2, 3, 2)], axes=[0, 2])
case("repeat", lambda x: x.repeat(2, 1, 3), [normal(3, 2)], times=[2, 1, 3])
case("contiguous", lambda x: x.contiguous(), [normal(3, 2)])
case("clone", lambda x: x.clone(), [normal(3, 2)])
case("cast", lambda x: x.to(torch.float32), [normal(3, 2)], types=(torch.float64,), dtype="f32")
case("cast", lambda x: x.to(torch.bfloat16), [normal(40)], gradient=False, types=(torch.float32,), dtype="bf16")
case("cast", lambda x: x.to(torch.float16), [normal(40)], gradient=False, types=(torch.float32,), dtype="f16")
case("cast", lambda x: x.to(torch.int64), [normal(12) * 5], gradient=False, types=(torch.float32,), dtype="i64")

# index
case("index_select", lambda x, i: x.index_select(1, i), [normal(3, 4), torch.tensor([3, 0, 3])], axis=1)
case("gather", lambda x, i: x.gather(1, i), [normal(3, 4), index(4, 3, 2)], axis=1)
case("scatter", lambda x, i, s: x.scatter(1, i, s), [normal(2, 5), torch.tensor([[4, 0], [1, 3]]), normal(2, 2)], axis=1)
case("scatter_add", lambda x, i, s: x.scatter_add(0, i, s), [normal(4, 3), index(4, 5, 3), normal(5, 3)], axis=0)
case("masked_fill", lambda x, m: x.masked_fill(m, -2.5), [normal(3, 4), mask(4)], value=-2.5)
case("masked_select", torch.masked_select, [normal(3, 4), mask(3, 4)])
case("one_hot", lambda i: F.one_hot(i, 5).float(), [index(5, 2, 3)], classes=5)
for largest in (True, False):
    case("topk", lambda x: x.topk(3, 1, largest=largest), [distinct(2, 6)], axis=1, k=3, largest=largest)
    case("sort", lambda x: torch.sort(x, dim=-1, descending=largest, stable=True), [distinct(3, 5)], axis=-1, descending=largest)
case("sort", lambda x: torch.sort(x, dim=0, stable=True), [torch.tensor([2.0, 1.0, 2.0, 1.0, 0.0], dtype=torch.float64)], axis=0, descending=False)
case("nonzero", torch.nonzero, [mask(3, 4)])
for d in (-1, 0, 1):
    case("tril", lambda x: x.tril(d), [normal(2, 3, 4)], diagonal=d)
    case("triu", lambda x: x.triu(d), [normal(2, 3, 4)], diagonal=d)

# losses
for r in ("none", "mean", "sum"):
    case("mse_loss", lambda p, t: F.mse_loss(p, t, reduction=r), [normal(3, 2), normal(3, 2)], reduction=r)
    case("l1_loss", lambda p, t: F.l1_loss(p, t, reduction=r), [distinct(3, 4), distinct(3, 4) + 0.1], reduction=r)
    case("huber_loss", lambda p, t: F.huber_loss(p, t, delta=0.7, reduction=r), [distinct(3, 4), distinct(3, 4) + 0.1], delta=0.7, reduction=r)
    case("bce_with_logits", lambda s, t, w: F.binary_cross_entropy_with_logits(s, t, pos_weight=w.detach(), reduction=r),
         [normal(3, 2) * 4, torch.rand(3, 2).double(), positive(2)], reduction=r)
    case("kl_div", lambda q, p: F.kl_div(q, p, reduction=r), [normal(3, 4).log_softmax(1), normal(3, 4).softmax(1)], reduction=r)
    case("hinge_loss", lambda s, t: getattr((0.9 - t * s).clamp(min=0), r)() if r != "none" else (0.9 - t * s).clamp(min=0),
         [normal(8), torch.sign(normal(8))], margin=0.9, reduction=r)
    for smoothing in (0.0, 0.2):
        for weighted in (False, True):
            at = {"reduction": r, "label_smoothing": smoothing, "ignore_index": 1, "weighted": weighted}
            target = torch.tensor([0, 1, 2, 2, 0])
            inputs = [normal(5, 3) * 2, target] + ([positive(3)] if weighted else [])
            case("cross_entropy", lambda x, t, w=None: F.cross_entropy(x, t, None if w is None else w.detach(), ignore_index=1,
                                                                       label_smoothing=smoothing, reduction=r), inputs, **at)
    case("nll_loss", lambda x, t, w: F.nll_loss(x, t, w.detach(), ignore_index=1, reduction=r),
         [normal(5, 3).log_softmax(1), torch.tensor([0, 1, 2, 2, 0]), positive(3)],
         reduction=r, label_smoothing=0.0, ignore_index=1, weighted=True)
    case("cross_entropy", lambda x, t: F.cross_entropy(x, t, reduction=r), [normal(2, 3, 4), index(3, 2, 4)],
         reduction=r, label_smoothing=0.0, ignore_index=-100, weighted=False)

# shares of the classes as targets, as mixed pictures have them
for r in ("none", "mean", "sum"):
    for smoothing, weighted in ((0.0, False), (0.2, True)):
        at = {"reduction": r, "label_smoothing": smoothing, "ignore_index": -100, "weighted": weighted}
        for shape in ((5, 3), (2, 3, 4), (3,)):
            shares = torch.softmax(normal(*shape), 0 if len(shape) == 1 else 1)
            case("cross_entropy", lambda x, t, w=None: F.cross_entropy(x, t, None if w is None else w.detach(), label_smoothing=smoothing, reduction=r),
                 [normal(*shape) * 2, shares] + ([positive(3)] if weighted else []), **at)

golden.save("ops.safetensors")
