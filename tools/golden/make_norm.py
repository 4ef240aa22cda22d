#!/usr/bin/env python3
"""Normalisation from PyTorch.

norm.safetensors         ops: values and gradients; outputs of batch_norm are y and the running statistics afterwards. Read by
                         cairn/ops/golden_test.cpp.
norm_layers.safetensors  layers: a state, three training batches with their results, the state afterwards, the result in evaluation.
norm_model.safetensors   the state dict of a small model, as PyTorch's own save_file writes it. Both read by cairn/nn/norm_test.cpp.
"""
import os

import torch
import torch.nn as nn
import torch.nn.functional as F
from safetensors.torch import save_file

from golden import FOLDER, Golden

torch.manual_seed(20241)


def normal(*shape):
    return torch.randn(*shape, dtype=torch.float64) * 1.5 + 0.3


def positive(*shape):
    return torch.rand(*shape, dtype=torch.float64) * 1.5 + 0.5


# ---- ops
golden = Golden("normalisation: inputs, outputs, gradients")


def batch_norm(training, momentum, eps, relu, affine, tracked):
    def f(x, *others):
        w, b = others[:2] if affine else (None, None)
        mean, var = (v.detach().clone() for v in others[-2:]) if tracked else (None, None)
        y = F.batch_norm(x, mean, var, w, b, training, momentum, eps)
        y = F.relu(y) if relu else y
        return [y, mean, var] if tracked else [y]
    return f


def batch_norm_case(shape, training=True, momentum=0.1, eps=1e-5, relu=False, affine=True, tracked=True):
    c = shape[1]
    parameters = [normal(c), normal(c)] if affine else []
    statistics = [normal(c), positive(c)] if tracked else []
    at = dict(training=training, momentum=momentum, eps=eps, relu=relu, affine=affine, tracked=tracked)
    golden.case("batch_norm", batch_norm(**at), [normal(*shape)] + parameters + statistics, **at)


for shape in [(4, 3), (2, 17), (2, 3, 5), (1, 2, 3, 3), (3, 5, 7, 9), (2, 16, 4, 4), (2, 1, 6, 35), (5, 20, 1, 1)]:
    batch_norm_case(shape)
    batch_norm_case(shape, training=False)
    batch_norm_case(shape, relu=True, momentum=0.35, eps=1e-3)
batch_norm_case((3, 4, 2, 5), training=False, relu=True)
batch_norm_case((3, 4, 2, 5), tracked=False)
batch_norm_case((3, 4, 2, 5), affine=False, tracked=False, relu=True)
batch_norm_case((3, 4, 2, 5), affine=False)
batch_norm_case((6, 4), momentum=1.0)
batch_norm_case((6, 4), momentum=0.0)

for shape, last in [((4,), (4,)), ((3, 5), (5,)), ((2, 3, 33), (33,)), ((2, 3, 4), (3, 4)), ((1, 1), (1,)), ((2, 2, 3, 5), (2, 3, 5))]:
    for eps in (1e-5, 1e-2):
        at = dict(last=list(last), eps=eps)
        golden.case("layer_norm", lambda x, w, b: F.layer_norm(x, last, w, b, eps), [normal(*shape), normal(*last), normal(*last)], **at)
        golden.case("layer_norm", lambda x, w: F.layer_norm(x, last, w, None, eps), [normal(*shape), normal(*last)], **at)
        golden.case("layer_norm", lambda x: F.layer_norm(x, last, None, None, eps), [normal(*shape)], **at)
        golden.case("rms_norm", lambda x, w: F.rms_norm(x, last, w, eps), [normal(*shape), normal(*last)], **at)
    golden.case("rms_norm", lambda x: F.rms_norm(x, last), [normal(*shape)], last=list(last))

for shape, groups in [((2, 6), 2), ((3, 4, 5), 4), ((1, 4, 3, 3), 1), ((2, 6, 7, 9), 3), ((1, 2, 40, 2), 2), ((2, 6, 1, 3), 2)]:
    c = shape[1]
    golden.case("group_norm", lambda x, w, b: F.group_norm(x, groups, w, b, 1e-5), [normal(*shape), normal(c), normal(c)], groups=groups, eps=1e-5)
    golden.case("group_norm", lambda x: F.group_norm(x, groups, None, None, 1e-3), [normal(*shape)], groups=groups, eps=1e-3)

for shape in [(2, 3, 4), (1, 2, 3, 3), (2, 5, 7, 9), (3, 17, 2, 1)]:
    c = shape[1]
    golden.case("instance_norm", lambda x, w, b: F.instance_norm(x, None, None, w, b), [normal(*shape), normal(c), normal(c)], eps=1e-5)
    golden.case("instance_norm", lambda x: F.instance_norm(x, eps=1e-3), [normal(*shape)], eps=1e-3)
golden.save("norm.safetensors")

# ---- layers
layers = Golden("normalisation layers: state, batches, results")


def layer_case(name, layer, shape, **description):
    with torch.no_grad():
        for p in layer.parameters():
            p.copy_(torch.randn_like(p))
        for key, buffer in layer.named_buffers():
            if buffer.is_floating_point():
                buffer.copy_(torch.rand_like(buffer) + 0.5)
    before = [v.clone() for v in layer.state_dict().values()]
    batches = [torch.randn(*shape) * 2 + 1 for _ in range(3)]
    results = [layer(x) for x in batches]
    after = [v.clone() for v in layer.state_dict().values()]
    layer.eval()
    layers.add({"layer": name, "state": list(layer.state_dict()), **description}, before=before, x=batches, y=results, after=after, eval=layer(batches[0]))


layer_case("BatchNorm1d", nn.BatchNorm1d(5), (4, 5))
layer_case("BatchNorm1d", nn.BatchNorm1d(3, eps=1e-3, momentum=0.4), (2, 3, 7), eps=1e-3, momentum=0.4)
layer_case("BatchNorm1d", nn.BatchNorm1d(3, momentum=None), (5, 3), cumulative=True)
layer_case("BatchNorm2d", nn.BatchNorm2d(3), (2, 3, 5, 7))
layer_case("BatchNorm2d", nn.BatchNorm2d(17, momentum=None), (1, 17, 3, 3), cumulative=True)
layer_case("BatchNorm2d", nn.BatchNorm2d(4, affine=False), (2, 4, 3, 3), affine=False)
layer_case("BatchNorm2d", nn.BatchNorm2d(4, track_running_stats=False), (2, 4, 3, 3), tracked=False)
layer_case("InstanceNorm2d", nn.InstanceNorm2d(3), (2, 3, 5, 7), affine=False, tracked=False)
layer_case("InstanceNorm2d", nn.InstanceNorm2d(3, affine=True, track_running_stats=True), (2, 3, 5, 7), affine=True, tracked=True)
layer_case("InstanceNorm2d", nn.InstanceNorm2d(2, momentum=0.3, track_running_stats=True), (3, 2, 4, 4), affine=False, tracked=True, momentum=0.3)
layer_case("GroupNorm", nn.GroupNorm(2, 6), (2, 6, 3, 5), groups=2)
layer_case("LayerNorm", nn.LayerNorm(7), (2, 3, 7), last=[7])
layer_case("LayerNorm", nn.LayerNorm([3, 4], eps=1e-3), (2, 3, 4), last=[3, 4], eps=1e-3)
layer_case("LayerNorm", nn.LayerNorm(7, bias=False), (2, 7), last=[7], bias=False)
layer_case("LayerNorm", nn.LayerNorm(7, elementwise_affine=False), (2, 7), last=[7], affine=False)
layer_case("RMSNorm", nn.RMSNorm(9), (2, 3, 9), last=[9])
layer_case("RMSNorm", nn.RMSNorm([2, 4], eps=1e-2), (3, 2, 4), last=[2, 4], eps=1e-2)
layers.save("norm_layers.safetensors")

# ---- a model's own file
model = nn.Sequential(nn.Linear(6, 8), nn.BatchNorm1d(8), nn.ReLU(), nn.Linear(8, 12), nn.LayerNorm(12), nn.GroupNorm(3, 12), nn.RMSNorm(12))
for _ in range(3):
    model(torch.randn(16, 6) * 2)
with torch.no_grad():
    for p in model.parameters():
        p.add_(torch.randn_like(p) * 0.3)
model.eval()
x = torch.randn(5, 6)
save_file({**model.state_dict(), "example.x": x, "example.y": model(x).detach()}, os.path.join(FOLDER, "norm_model.safetensors"))
