#!/usr/bin/env python3
"""Golden values and gradients of the factorisations and of einsum, from PyTorch: tests/golden/linalg.safetensors.

Golden.case says what a case has; cairn/ops/golden_test.cpp reads them. Signs are made unique as Cairn has them: r's diagonal positive, the
largest component of each eigenvector and left singular vector positive.
"""
import torch

from golden import Golden

torch.manual_seed(51)
golden = Golden("linear algebra of cairn/ops/ops.h: inputs, outputs, gradients")
case = golden.case


def normal(*shape):
    return torch.randn(*shape, dtype=torch.float64)


def regular(*shape):
    return normal(*shape) + 3 * torch.eye(shape[-1], dtype=torch.float64)


def positive_definite(*shape):
    x = normal(*shape)
    return x @ x.mT / shape[-1] + torch.eye(shape[-1], dtype=torch.float64)


def spread(*shape):
    """Values 2, 4, 6, ... and a little noise: well apart, so that f32 has the digits for the vectors' gradients."""
    x = torch.zeros(*shape, dtype=torch.float64)
    k = min(shape[-2:])
    x[..., range(k), range(k)] = 2.0 * torch.arange(1, k + 1, dtype=torch.float64)
    return x + 0.3 * normal(*shape)


def symmetric(*shape):
    x = spread(*shape)
    return (x + x.mT) / 2


def signs(columns):
    """The sign of the largest component of each column."""
    at = columns.detach().abs().argmax(-2, keepdim=True)
    return columns.detach().gather(-2, at).sign()


def qr(a):
    q, r = torch.linalg.qr(a)
    s = r.detach().diagonal(dim1=-2, dim2=-1).sign()
    return q * s.unsqueeze(-2), r * s.unsqueeze(-1)


def eigh(a):
    w, v = torch.linalg.eigh(a)
    return w, v * signs(v)


def svd(a):
    u, s, vh = torch.linalg.svd(a, full_matrices=False)
    sign = signs(u)
    return u * sign, s, vh * sign.mT


for a, b in [((3, 3), (3, 2)), ((5, 5), (5,)), ((2, 3, 3), (2, 3, 4)), ((2, 1, 3, 3), (4, 3, 1)), ((1, 1), (1, 1))]:
    case("solve", lambda a, b: torch.linalg.solve(a, b), [regular(*a), normal(*b)])
for shape in [(3, 3), (6, 6), (2, 4, 4), (1, 1)]:
    case("cholesky", torch.linalg.cholesky, [positive_definite(*shape)])
for shape in [(3, 3), (6, 3), (2, 4), (2, 4, 2), (3, 1)]:
    case("qr", qr, [spread(*shape)])
for shape in [(3, 3), (6, 6), (2, 3, 3), (1, 1)]:
    case("eigh", eigh, [symmetric(*shape)])
for shape in [(3, 3), (6, 3), (2, 4), (2, 4, 2), (2, 1, 3, 2), (1, 4)]:
    case("svd", svd, [spread(*shape)])

for equation, *shapes in [
    ("ij,jk->ik", (2, 3), (3, 4)),
    ("ij,jk", (2, 3), (3, 4)),
    ("ij->ji", (2, 3)),
    ("ba", (2, 3)),
    ("ij->", (2, 3)),
    ("ij->j", (2, 3)),
    ("ii->i", (3, 3)),
    ("ii", (3, 3)),
    ("iij->ji", (3, 3, 2)),
    ("iii->i", (2, 2, 2)),
    ("ijij->ij", (2, 3, 2, 3)),
    ("i,i->", (4,), (4,)),
    ("i,j->ij", (2,), (3,)),
    ("i,i->i", (4,), (4,)),
    ("bij,bjk->bik", (2, 3, 4), (2, 4, 2)),
    ("bhqd,bhkd->bhqk", (2, 2, 3, 4), (2, 2, 5, 4)),
    ("ij,j->i", (2, 3), (3,)),
    ("ij,kl->ik", (2, 3), (4, 2)),
    ("i,ij,j->", (2,), (2, 3), (3,)),
    ("ij,jk,kl->il", (2, 3), (3, 4), (4, 2)),
    ("ia,ib,ic->abc", (2, 2), (2, 3), (2, 4)),
    ("ii,ij->j", (3, 3), (3, 2)),
    ("...ij,...jk->...ik", (2, 1, 2, 3), (4, 3, 2)),
    ("...i,i->...", (2, 3, 4), (4,)),
    ("...ij->...ji", (2, 2, 3)),
    ("...ii->...i", (2, 3, 3)),
    ("i...,j...", (2, 3), (4, 3)),
    ("b...,b...->...", (2, 3, 1), (2, 1, 4)),
    ("aB,Ba", (2, 3), (3, 2)),
]:
    case("einsum", lambda *x: torch.einsum(equation, *x), [normal(*s) for s in shapes], equation=equation)
case("einsum", lambda a, b: torch.einsum("ij,jk->ik", a, b), [torch.randint(0, 9, (2, 3)), torch.randint(0, 9, (3, 2))], equation="ij,jk->ik")

golden.save("linalg.safetensors")
